import { hash } from 'node:crypto'

const leafPrefix = Uint8Array.of(0x00)
const nodePrefix = Uint8Array.of(0x01)

/**
 * The hash of one leaf of a Merkle tree: SHA-256 of the byte 0x00 and the leaf. The prefix keeps a leaf from passing for a node.
 * Source: RFC 6962, section 2.1.
 *
 * @param leaf the bytes of the leaf, any number of them
 * @returns 32 bytes
 */
export const leafHash = (leaf: Uint8Array): Buffer => hash('sha256', Buffer.concat([leafPrefix, leaf]), 'buffer')

const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => hash('sha256', Buffer.concat([nodePrefix, left, right]), 'buffer')

/**
 * The root of the Merkle tree over a list of leaves: SHA-256 of nothing for no leaf, the leaf's hash for one, and for more the hash of the byte 0x01, the
 * root of the first `k` leaves and that of the rest, where `k` is the largest power of two below their number. Source: RFC 6962, section 2.1.
 *
 * Takes the leaves one by one and holds only the roots of the full trees so far, one for each bit of their number; fewer than 2^31 leaves.
 *
 * @param leaves the bytes of each leaf, in order
 * @returns 32 bytes
 * @example merkleRoot([]).toString('hex') // e3b0c442…
 */
export function merkleRoot(leaves: Iterable<Uint8Array>): Buffer {
  const full: Buffer[] = []
  let number = 0
  for (const leaf of leaves) {
    let tree = leafHash(leaf)
    // Each one at the end of the number so far is a full tree of the same size as this one: together they make the next larger.
    for (let bits = number; bits & 1; bits >>= 1) tree = nodeHash(full.pop() ?? tree, tree)
    full.push(tree)
    number++
  }
  return full.reduceRight<Buffer | undefined>((right, left) => (right ? nodeHash(left, right) : left), undefined) ?? hash('sha256', '', 'buffer')
}
