import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leafHash, merkleRoot } from './merkle.ts'

const bytes = (hex: string) => Buffer.from(hex, 'hex')
const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

/** The definition of RFC 6962, section 2.1, word for word. */
function treeHash(leaves: readonly Uint8Array[]): Buffer {
  const [first] = leaves
  if (first === undefined) return sha256()
  if (leaves.length === 1) return sha256(bytes('00'), first)
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha256(bytes('01'), treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)))
}

describe('the Merkle root', () => {
  // The leaves and roots that the tests of Certificate Transparency use.
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(bytes)
  test.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [4, 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
    [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
    [6, '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
    [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('of the first %i leaves is the known one', (count, root) => {
    expect(merkleRoot(leaves.slice(0, count)).toString('hex')).toBe(root)
  })

  test('of nothing is the hash of nothing, and of one leaf the hash of the leaf', () => {
    expect(merkleRoot([])).toEqual(sha256())
    expect(merkleRoot([Buffer.from('a')])).toEqual(leafHash(Buffer.from('a')))
    expect(leafHash(new Uint8Array())).toEqual(sha256(bytes('00')))
  })

  test('is that of the definition for any leaves', () => {
    const list = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 70, size: 'max' })
    fc.assert(fc.property(list, (leaves) => merkleRoot(leaves).equals(treeHash(leaves))))
  })

  test('is that of the definition for every number of leaves up to 300', () => {
    const leaves = Array.from({ length: 300 }, (_, index) => Buffer.from(`leaf ${index}`))
    for (let count = 0; count <= leaves.length; count++) expect(merkleRoot(leaves.slice(0, count)), String(count)).toEqual(treeHash(leaves.slice(0, count)))
  })

  test('changes with every leaf, its place and its absence', () => {
    const list = fc.array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(list, fc.nat(), (leaves, seed) => {
        const at = seed % leaves.length
        const root = merkleRoot(leaves)
        const changed = leaves.map((leaf, index) => (index === at ? Buffer.concat([leaf, bytes('00')]) : leaf))
        return !merkleRoot(changed).equals(root) && !merkleRoot(leaves.toSpliced(at, 1)).equals(root) && !merkleRoot([...leaves, bytes('')]).equals(root)
      }),
    )
  })

  test('takes no node for a leaf', () => {
    const [a, b] = [Buffer.from('a'), Buffer.from('b')]
    expect(merkleRoot([Buffer.concat([leafHash(a), leafHash(b)])])).not.toEqual(merkleRoot([a, b]))
  })
})
