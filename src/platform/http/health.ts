import { sql } from 'kysely'
import { thePublic } from '../access/actor.ts'
import type { Ctx } from './context.ts'

/** `/healthz`: the process answers. */
export const answerHealth = (c: Ctx): Response => c.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' })

/** `/readyz`: the database answers too, and the server is not about to end. */
export async function answerReadiness(c: Ctx): Promise<Response> {
  const { database, ready, logger } = c.var.deps
  const answers = ready() && (await database.read(thePublic, (db) => sql`select 1`.execute(db)).then(() => true, (error: Error) => void logger.error({ error: error.message }, 'the database does not answer')))
  return c.json({ status: answers ? 'ready' : 'not ready' }, answers ? 200 : 503, { 'Cache-Control': 'no-store' })
}
