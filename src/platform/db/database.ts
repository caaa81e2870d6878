import { AsyncLocalStorage } from 'node:async_hooks'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import { principal, type Actor } from '../access/actor.ts'
import { noteAct } from './acts.ts'
import type { Engine } from './engine.ts'
import { Notices } from './notices.ts'
import type { Tables } from './tables.ts'

/** An open transaction of one actor. */
export type Scope = Kysely<Tables>
/** An open transaction of one actor in which rows may be written. */
export type WriteScope = Transaction<Tables>

/** The role that every actor works under; it owns nothing, so row-level security binds it. */
export const appRole = 'puente_app'
/** The role that reads and writes accounts, and nothing else. */
export const authRole = 'puente_auth'

/**
 * The one way to the database: every query runs for an actor, in a transaction, under row-level security.
 *
 * @example const rows = await database.read(actor, (db) => store.listSources(db, filter))
 */
export class Database {
  readonly kind: Engine['kind']
  /** What transactions of this process tell when they are committed. */
  readonly notices = new Notices()
  private readonly engine: Engine
  private readonly kysely: Kysely<Tables>
  private readonly owner: Kysely<Tables>
  private readonly inside = new AsyncLocalStorage<true>()
  private readonly onQuery: () => void

  constructor(engine: Engine, onQuery: () => void = () => {}) {
    this.engine = engine
    this.kind = engine.kind
    this.onQuery = onQuery
    this.kysely = kyselyOn(engine.pool, this.onQuery)
    this.owner = kyselyOn(engine.ownerPool, this.onQuery)
  }

  /** Reads for an actor: one snapshot for all queries of `run`, and no write gets through. */
  read<T>(actor: Actor, run: (db: Scope) => Promise<T>): Promise<T> {
    return this.transaction(this.kysely, `begin isolation level repeatable read read only; ${enter(actor)}`, run)
  }

  /** Writes for an actor: all that `run` does is committed together, or none of it. */
  write<T>(actor: Actor, run: (db: WriteScope) => Promise<T>): Promise<T> {
    return this.transaction(this.kysely, `begin; ${enter(actor)}`, async (db) => {
      await noteAct(principal(actor), db as WriteScope)
      return run(db as WriteScope)
    })
  }

  /**
   * Works as the owner of the tables, whom no access rule binds: migrations, verifying the log, backup. Nothing that answers a visitor may call it
   * (`test/architecture.test.ts` holds the list of files that do).
   *
   * @param mode `snapshot`: one snapshot for all queries of `run`, and no write gets through
   */
  asOwner<T>(run: (db: WriteScope) => Promise<T>, mode: 'write' | 'snapshot' = 'write'): Promise<T> {
    const begin = mode === 'snapshot' ? 'begin isolation level repeatable read read only' : 'begin'
    return this.transaction(this.owner, this.kind === 'embedded' ? `${begin}; set local role none` : begin, (db) => run(db as WriteScope))
  }

  /**
   * Works with accounts for a moment, inside a transaction of an actor: everything before and after it runs under the actor's own role.
   * Nothing outside `platform/access` may call it (`test/architecture.test.ts`).
   */
  async asAuthority<T>(db: Scope, run: () => Promise<T>): Promise<T> {
    await sql.raw(`set local role ${authRole}`).execute(db)
    try {
      return await run()
    } finally {
      await sql
        .raw(`set local role ${appRole}`)
        .execute(db)
        .catch(() => {})
    }
  }

  /** From here on the embedded session has no rights but the application's, even outside a transaction; elsewhere the login sees to that. */
  async enterAppRole(): Promise<void> {
    if (this.kind === 'embedded') await sql.raw(`set role ${appRole}`).execute(this.kysely)
  }

  /** Refreshes what the planner knows. The embedded engine has no background process for it, nor for giving back what its log of changes takes on the disk. */
  async vacuum(): Promise<void> {
    await this.owner.connection().execute(async (db) => {
      if (this.kind === 'embedded') await sql.raw('set role none').execute(db)
      try {
        await sql.raw('vacuum analyze').execute(db)
        if (this.kind === 'embedded') await sql.raw('checkpoint').execute(db)
      } finally {
        if (this.kind === 'embedded') await sql.raw(`set role ${appRole}`).execute(db)
      }
    })
  }

  async close(): Promise<void> {
    await this.engine.close()
  }

  private async transaction<T>(kysely: Kysely<Tables>, begin: string, run: (db: Scope) => Promise<T>): Promise<T> {
    // The embedded engine has one session: a transaction opened inside another would wait for itself for ever.
    if (this.inside.getStore()) throw new Error('a transaction was opened inside another: pass the open one down instead')
    return this.inside.run(true, () =>
      kysely.connection().execute(async (db) => {
        await sql.raw(begin).execute(db)
        try {
          const result = await run(db)
          await sql.raw('commit').execute(db)
          this.notices.committed(db)
          return result
        } catch (error) {
          await sql
            .raw('rollback')
            .execute(db)
            .catch(() => {})
          throw error
        }
      }),
    )
  }
}

/** The role goes with the transaction: a session that comes back to the pool has none of the last visitor's rights. */
const enter = (actor: Actor) =>
  `set local role ${appRole}; set local app.actor = '${principal(actor)}'${actor.kind === 'person' || actor.kind === 'key' ? '; select app.hold()' : ''}`

function kyselyOn(pool: Engine['pool'], onQuery: () => void): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    log: (event) => {
      if (event.level === 'query') onQuery()
    },
  })
}
