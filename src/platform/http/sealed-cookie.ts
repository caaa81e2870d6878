import { sql } from 'kysely'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { thePublic } from '../access/actor.ts'
import type { Ctx } from './context.ts'
import { attributes, nameOf } from './session.ts'

const envelope = z.object({ until: z.number(), value: z.unknown() })

/** Leaves something with the browser for a while that it can neither read nor change. @param name of the cookie; what is sealed for one does not open in another */
export async function keepSealed(c: Ctx, name: string, value: unknown, seconds: number): Promise<void> {
  const text = JSON.stringify({ until: (await secondsNow(c)) + seconds, value })
  const sealed = await c.var.deps.secrets.seal(text, `cookie:${name}`)
  setCookie(c, nameOf(c, name), sealed.toString('base64url'), { ...attributes(c), maxAge: seconds })
}

/** What was left with the browser; `undefined` when there is nothing, it is not ours, or its time is over. */
export async function readSealed<S extends z.ZodType>(c: Ctx, name: string, shape: S): Promise<z.output<S> | undefined> {
  const sealed = getCookie(c, nameOf(c, name))
  if (sealed === undefined) return undefined
  const text = await c.var.deps.secrets.open(Buffer.from(sealed, 'base64url'), `cookie:${name}`).catch(() => undefined)
  if (text === undefined) return undefined
  const { until, value } = envelope.parse(JSON.parse(text))
  return until > (await secondsNow(c)) ? shape.safeParse(value).data : undefined
}

/** Takes from the browser what was left with it. */
export const dropSealed = (c: Ctx, name: string): void => void deleteCookie(c, nameOf(c, name), attributes(c))

/** The clock of the database, so that several servers agree. */
async function secondsNow(c: Ctx): Promise<number> {
  const query = sql<{ now: number }>`select extract(epoch from now())::float8 as now`
  const { rows } = await c.var.deps.database.read(thePublic, (db) => query.execute(db))
  return rows[0]?.now ?? Number.POSITIVE_INFINITY
}
