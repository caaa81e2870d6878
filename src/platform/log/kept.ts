/**
 * Answers that are costly to work out, kept in memory under keys that begin with the position of the log (`logPosition`), so that none outlives a change.
 * Past `most` the one that was not asked for longest goes. Several that ask at once wait for one answer.
 *
 * @example const graph = await kept.get(database, `${position} ${JSON.stringify(filter)}`, () => work(filter))
 */
export class Kept<T> {
  private readonly most: number
  /** One process may hold several databases, as tests do. */
  private readonly byOwner = new WeakMap<object, Map<string, Promise<T>>>()

  constructor(most: number) {
    this.most = most
  }

  /** What is kept under a key; worked out if nothing is. A failure is not kept. */
  get(owner: object, key: string, make: () => Promise<T>): Promise<T> {
    const answers = this.byOwner.get(owner) ?? new Map<string, Promise<T>>()
    this.byOwner.set(owner, answers)
    const found = answers.get(key)
    const answer = found ?? make()
    answers.delete(key)
    answers.set(key, answer)
    if (found === undefined) answer.catch(() => answers.get(key) === answer && answers.delete(key))
    for (const oldest of answers.keys()) {
      if (answers.size <= this.most) break
      answers.delete(oldest)
    }
    return answer
  }
}
