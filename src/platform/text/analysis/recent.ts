/**
 * A map that keeps what was asked for last: when one half is full, the older half goes. A hit costs one look-up and moves nothing, which a list in the order of use
 * would have to.
 */
export class Recent<Key, Value> {
  private young = new Map<Key, Value>()
  private old = new Map<Key, Value>()
  private readonly half: number

  /** @param most how many entries are kept; half of them at least are the last ones used */
  constructor(most: number) {
    this.half = Math.ceil(most / 2)
  }

  get(key: Key): Value | undefined {
    const value = this.young.get(key)
    if (value !== undefined) return value
    const before = this.old.get(key)
    if (before !== undefined) this.set(key, before)
    return before
  }

  set(key: Key, value: Value) {
    if (this.young.size >= this.half) {
      this.old = this.young
      this.young = new Map()
    }
    this.young.set(key, value)
  }

  clear() {
    this.young = new Map()
    this.old = new Map()
  }
}
