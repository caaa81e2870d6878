import { createHash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { jobActor, principal, type Actor } from '../access/actor.ts'
import { notingActs } from '../db/acts.ts'
import { refuse } from '../errors.ts'
import { newId } from '../id.ts'
import { forgetKind } from '../idempotency/job.ts'
import { hoursKept, noteAct, noteAnswer, takeKey, type Answer, type Attempt } from '../idempotency/store.ts'
import { queueJob } from '../jobs/store.ts'
import type { Ctx, Env } from './context.ts'

const hour = 3_600_000
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Answers a POST that is sent again with the same `Idempotency-Key` as it was answered the first time, and does nothing twice
 * (draft-ietf-httpapi-idempotency-key-header). Each actor has keys of their own. Visitors share one actor, so theirs have to be UUIDs, which nobody guesses.
 *
 * @throws Refusal `idempotency_unfit`; `idempotency_reused` with another request; `idempotency_in_flight` while the first is worked on; `idempotency_lost`
 *   when the act was done and the process ended before its answer was kept
 */
export function idempotency(): MiddlewareHandler<Env> {
  let swept = Number.NEGATIVE_INFINITY
  return async (c, next) => {
    const given = c.req.method === 'POST' ? c.req.header('idempotency-key') : undefined
    if (given === undefined) return next()
    const { actor, deps } = c.var
    const attempt: Attempt = { digest: digestOf(keyIn(given, actor)), request: await requestOf(c), ticket: newId() }
    const standing = await deps.database.write(actor, (db) => takeKey(db, attempt))
    if (standing?.what === 'answered') return answerAgain(standing.answer)
    if (standing) throw refuse(`idempotency_${standing.what}`)
    await notingActs({ actor: principal(actor), note: (db) => noting(noteAct(db, attempt)) }, next)
    const answer = await answerOf(c)
    // What was done is done: that its answer is not kept is no reason to keep it from whoever waits for it.
    await deps.database
      .write(actor, (db) => noteAnswer(db, attempt, answer))
      .catch((error: Error) => deps.logger.error({ id: c.var.requestId, error: error.message }, 'an answer could not be kept'))
    if (performance.now() - swept < hour) return
    swept = performance.now()
    await deps.database.write(jobActor, (db) => queueJob(db, { kind: forgetKind, input: {}, inSeconds: (hoursKept + 1) * 3600 }))
  }
}

/** The key, as a string of structured fields ("…") or bare. */
function keyIn(given: string, actor: Actor): string {
  const key = /^"(.*)"$/.exec(given)?.[1] ?? given
  if (!/^[\x21-\x7e]{1,255}$/.test(key) || (actor.kind === 'public' && !uuid.test(key))) throw refuse('idempotency_unfit')
  return key
}

const digestOf = (...parts: (string | Buffer)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

const requestOf = async (c: Ctx) => digestOf(`${c.req.method} ${c.req.path}${new URL(c.req.url).search}\n`, Buffer.from(await c.req.arrayBuffer()))

async function noting(noted: Promise<boolean>): Promise<void> {
  if (!(await noted)) throw refuse('idempotency_in_flight')
}

async function answerOf(c: Ctx): Promise<Answer> {
  const { status, headers } = c.res
  return { status, mediaType: headers.get('content-type'), location: headers.get('location'), body: Buffer.from(await c.res.clone().arrayBuffer()) }
}

function answerAgain({ status, mediaType, location, body }: Answer): Response {
  const headers = { ...(mediaType !== null && { 'Content-Type': mediaType }), ...(location !== null && { Location: location }) }
  return new Response(body.length > 0 ? new Uint8Array(body) : null, { status, headers: { ...headers, 'Idempotent-Replayed': 'true' } })
}
