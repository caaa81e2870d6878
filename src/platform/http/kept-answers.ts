import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import { principal } from '../access/actor.ts'
import { Kept } from '../log/kept.ts'
import { logPosition } from '../log/log.ts'
import { publicUrl, type Ctx, type Env } from './context.ts'

const [pack, unpack] = [promisify(gzip), promisify(gunzip)]

/** Zipped bytes above which an answer is made each time: what is that large is seldom asked for twice. */
const largest = 64 * 1024

type Answer = { type: string; zipped: Buffer; etag: string }

const notKept = Symbol('not kept')

/**
 * Keeps whole answers to the public in memory, zipped, for as long as the log stays where it is: a change shows at once, and what did not change is neither
 * asked of the database nor drawn again. Several that ask at once wait for one answer. Kept are pages and data that say nothing else about keeping
 * (`Cache-Control`) and do not say that they change without the log (`changesUnlogged`); refusals and downloads are not.
 *
 * @param most how many answers; the one that was not asked for longest goes
 */
export function keptAnswers(most: number): MiddlewareHandler<Env> {
  const kept = new Kept<Answer>(most)
  return async (c, next) => {
    if ((c.req.method !== 'GET' && c.req.method !== 'HEAD') || c.var.actor.kind !== 'public') return next()
    const { database } = c.var.deps
    const position = await database.read(c.var.actor, logPosition)
    c.set('position', position)
    let mine = false
    const make = async () => {
      mine = true
      await next()
      return answerOf(c)
    }
    try {
      c.res = await responseOf(c, await kept.get(database, keyOf(c, position), make))
    } catch (error) {
      if (error !== notKept) throw error
      if (!mine) await next()
    }
  }
}

/** All that an answer to the public depends on. */
function keyOf(c: Ctx, position: string): string {
  const { language, languagePrefix, actor } = c.var
  const { pathname, search } = new URL(c.req.url)
  return [position, principal(actor), language, languagePrefix, publicUrl(c), pathname + search].join(' ')
}

async function answerOf(c: Ctx): Promise<Answer> {
  const { status, headers } = c.res
  if (c.req.method !== 'GET' || status !== 200 || headers.has('cache-control') || headers.has('content-disposition')) throw notKept
  if (c.var.changesUnlogged) throw notKept
  const type = headers.get('content-type') ?? ''
  const body = Buffer.from(await c.res.clone().arrayBuffer())
  const zipped = await pack(body)
  if (zipped.length > largest) throw notKept
  return { type, zipped, etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}

async function responseOf(c: Ctx, { type, zipped, etag }: Answer): Promise<Response> {
  const takesGzip = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(c.req.header('accept-encoding') ?? '')
  const headers = { 'Content-Type': type, ETag: etag, Vary: 'Accept-Encoding', ...(takesGzip && { 'Content-Encoding': 'gzip' }) }
  const body = takesGzip ? zipped : await unpack(zipped)
  // Made by the context, which adds what was set before, such as the id of the request.
  const all = { ...headers, 'Content-Length': String(body.length) }
  return c.req.method === 'HEAD' ? c.body(null, 200, all) : c.body(new Uint8Array(body), 200, all)
}
