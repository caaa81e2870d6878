import { AsyncLocalStorage } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import type { WriteScope } from './database.ts'

const pending = new WeakMap<object, Set<string>>()

/**
 * Tells whoever listens in this process that something came up, once the transaction at hand is committed; if it is not, nobody hears of it.
 *
 * @param db the scope that `Database.write` handed out
 */
export function notify(db: WriteScope, topic: string): void {
  const topics = pending.get(db)
  if (topics) topics.add(topic)
  else pending.set(db, new Set([topic]))
}

/** Those who listen to what the transactions of one database tell. */
export class Notices {
  private readonly emitter = new EventEmitter().setMaxListeners(0)
  // What a listener starts is no part of the request whose transaction ends.
  private readonly outside = AsyncLocalStorage.snapshot()

  /** Calls `listener` after each commit that told of the topic. @returns how to stop that */
  listen(topic: string, listener: () => void): () => void {
    this.emitter.on(topic, listener)
    return () => void this.emitter.off(topic, listener)
  }

  /** Passes on what a transaction told that is committed now. */
  committed(db: object): void {
    for (const topic of pending.get(db) ?? []) this.outside(() => this.emitter.emit(topic))
    pending.delete(db)
  }
}
