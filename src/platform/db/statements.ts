import { createHash } from 'node:crypto'
import pg from 'pg'

/** How many statements a connection keeps prepared; any further one is sent as before. */
const mostKept = 200
/** How many texts it counts the turns of at once. */
const mostSeen = 1000
/** The turn from which a statement is kept: what comes once or twice is not worth it. */
const fromTurn = 3

/**
 * A connection that keeps the statements which come again and again prepared, under a name made of their text: the server parses and plans them once, not each time.
 * Values are never part of a text, so there are about as many texts as ways to ask.
 */
export class KeepingClient extends pg.Client {
  private readonly kept = new Map<string, string>()
  private readonly seen = new Map<string, number>()

  override query = ((...given: unknown[]) => {
    const [text, values, ...more] = given
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? this.nameOf(text) : undefined
    const send = super.query.bind(this) as (...args: unknown[]) => unknown
    return name === undefined ? send(...given) : send({ name, text, values }, ...more)
  }) as pg.Client['query']

  private nameOf(text: string): string | undefined {
    const known = this.kept.get(text)
    if (known !== undefined || this.kept.size === mostKept) return known
    const turn = (this.seen.get(text) ?? 0) + 1
    if (turn < fromTurn) {
      if (this.seen.size === mostSeen) this.seen.clear()
      this.seen.set(text, turn)
      return undefined
    }
    this.seen.delete(text)
    const name = createHash('sha256').update(text).digest('base64url')
    this.kept.set(text, name)
    return name
  }
}
