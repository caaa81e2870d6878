import pg from 'pg'
import { refuse } from '../errors.ts'
import type { Engine } from './engine.ts'
import { KeepingClient } from './statements.ts'

const limits = { connectionTimeoutMillis: 10_000, statement_timeout: 30_000, idle_in_transaction_session_timeout: 60_000 }

/**
 * Connects to a PostgreSQL server, version 15 or later: `url` is the application's login, `ownerUrl` the login that owns the tables.
 *
 * @throws Refusal `database_unusable` when it does not answer, is too old, or a login is a superuser or unrestricted by row-level security
 */
export async function openPostgres(urls: { url: string; ownerUrl: string }): Promise<Engine> {
  const pool = new pg.Pool({ connectionString: urls.url, max: 10, ...limits, Client: KeepingClient })
  // Bulk loads of the owner may take long; the owner answers no visitors.
  const ownerPool = new pg.Pool({ connectionString: urls.ownerUrl, max: 2, connectionTimeoutMillis: limits.connectionTimeoutMillis })
  for (const each of [pool, ownerPool]) each.on('error', () => {}) // a lost idle connection is replaced on the next use
  const close = async () => {
    await Promise.all([pool.end(), ownerPool.end()])
  }
  try {
    await examine(pool, 'DATABASE_URL')
    await examine(ownerPool, 'DATABASE_OWNER_URL')
  } catch (error) {
    await close()
    throw error
  }
  return { kind: 'postgres', pool, ownerPool, close }
}

async function examine(pool: pg.Pool, name: string) {
  const answer = await pool
    .query<{ version: number; super: boolean; bypass: boolean }>(
      `select current_setting('server_version_num')::int as version, rolsuper as super, rolbypassrls as bypass from pg_roles where rolname = session_user`,
    )
    .catch((error: Error) => {
      throw refuse('database_unusable', { reason: `${name}: ${error.message || String(error)}` })
    })
  const row = answer.rows[0]
  if (!row || row.version < 150_000) throw refuse('database_unusable', { reason: `${name}: PostgreSQL 15 or later is needed` })
  if (row.super) throw refuse('database_unusable', { reason: `${name} logs in as a superuser, which no access rule binds; use a plain login` })
  if (row.bypass) throw refuse('database_unusable', { reason: `${name} logs in with BYPASSRLS, which no access rule binds; use a plain login` })
}
