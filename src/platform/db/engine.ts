import type pg from 'pg'

/** A database server to work on: the embedded one or PostgreSQL. Everything above this line is the same on both. */
export type Engine = {
  kind: 'embedded' | 'postgres'
  /** Connections of the application. */
  pool: pg.Pool
  /** Connections of the owner of the tables; the same pool when embedded. */
  ownerPool: pg.Pool
  close(): Promise<void>
}
