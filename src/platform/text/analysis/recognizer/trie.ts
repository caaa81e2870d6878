/**
 * A tree of sequences of numbers in typed arrays: one open-addressed table finds the child of a node by the next number, and each node has a list of what ends
 * there. A hundred thousand sequences take some megabytes, and none of it is looked at when memory is cleaned.
 */
export class Trie {
  private parents = new Int32Array(1 << 12)
  private units = new Int32Array(1 << 12)
  private children = new Int32Array(1 << 12)
  private first = new Int32Array(1 << 12).fill(-1)
  private nodes = 1
  private next: number[] = []

  /** How many nodes there are, the root included. */
  get size(): number {
    return this.nodes
  }

  /** Adds a sequence; what ends there is found as the number that this returns, counted from 0. */
  add(sequence: readonly number[]): number {
    let node = 0
    for (const unit of sequence) node = this.child(node, unit) || this.grow(node, unit)
    const entry = this.next.push(this.first[node] ?? -1) - 1
    this.first[node] = entry
    return entry
  }

  /** The node that follows another by a number, 0 if none does. */
  child(node: number, unit: number): number {
    const place = this.placeOf(node, unit)
    return this.children[place] ?? 0
  }

  /** What ends at a node, the last added first; -1 if nothing does. */
  firstAt(node: number): number {
    return this.first[node] ?? -1
  }

  /** What ends at the same node as another, -1 after the last. */
  after(entry: number): number {
    return this.next[entry] ?? -1
  }

  private placeOf(node: number, unit: number): number {
    const mask = this.children.length - 1
    let place = (Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 0
    place = (place ^ (place >>> 15)) & mask
    while (this.children[place] !== 0 && (this.parents[place] !== node || this.units[place] !== unit)) place = (place + 1) & mask
    return place
  }

  private grow(node: number, unit: number): number {
    if (this.nodes * 2 > this.children.length) this.widen()
    const place = this.placeOf(node, unit)
    this.parents[place] = node
    this.units[place] = unit
    this.children[place] = this.nodes
    return this.nodes++
  }

  private widen() {
    const { parents, units, children, first } = this
    this.parents = new Int32Array(children.length * 2)
    this.units = new Int32Array(children.length * 2)
    this.children = new Int32Array(children.length * 2)
    this.first = new Int32Array(children.length * 2).fill(-1)
    this.first.set(first)
    children.forEach((child, at) => {
      if (child === 0) return
      const place = this.placeOf(parents[at] ?? 0, units[at] ?? 0)
      this.parents[place] = parents[at] ?? 0
      this.units[place] = units[at] ?? 0
      this.children[place] = child
    })
  }
}
