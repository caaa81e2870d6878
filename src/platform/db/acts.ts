import { AsyncLocalStorage } from 'node:async_hooks'
import type { WriteScope } from './database.ts'

/** What is noted at the beginning of each transaction that writes for an actor. */
type Note = { actor: string; note: (db: WriteScope) => Promise<void> }

const current = new AsyncLocalStorage<Note>()

/** Runs something so that each of its transactions which writes for this actor takes a note with it: it is committed with the act, or neither is. */
export const notingActs = <T>(note: Note, run: () => Promise<T>): Promise<T> => current.run(note, run)

/** Called by the database as a transaction of an actor begins. */
export async function noteAct(actor: string, db: WriteScope): Promise<void> {
  const noted = current.getStore()
  if (noted?.actor === actor) await noted.note(db)
}
