import { sql } from 'kysely'
import { thePublic } from '../access/actor.ts'
import type { Ctx } from './context.ts'

/** `/healthz`: the process answers. */
export const answerHealth = (c: Ctx): Response => c.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' })

/** `/readyz`: the database answers too, and the server is not about to end. */
export async function answerReadiness(c: Ctx): Promise<Response> {
  const isReady = c.var.deps.ready() && (await databaseAnswers(c))
  return c.json({ status: isReady ? 'ready' : 'not ready' }, isReady ? 200 : 503, { 'Cache-Control': 'no-store' })
}

async function databaseAnswers(c: Ctx): Promise<boolean> {
  try {
    await c.var.deps.database.read(thePublic, (db) => sql`select 1`.execute(db))
    return true
  } catch (error) {
    c.var.deps.logger.error({ id: c.var.requestId, error: error instanceof Error ? error.message : String(error) }, 'the database does not answer')
    return false
  }
}
