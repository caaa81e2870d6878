import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { refuse, Refusal } from '../errors.ts'
import { clientAddress } from './address.ts'
import { isApi, type Env } from './context.ts'

/** The longest address that is taken. */
export const maxUrl = 4096
/** The largest body of a form or an API call; files have limits of their own. */
export const maxBody = 256 * 1024
/** How many writes a minute somebody may make, of all their requests. */
const writesPerMinute = { stranger: 20, person: 200, key: 200 }

const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** A form that carries a file, and how large it may be. `type`: that of a body which is the file itself. */
export type Upload = { path: RegExp; maxBytes: number; type?: string }

/** Refuses an address too long, a body too large, and a body of a type that the door does not read. */
export function bodies(uploads: readonly Upload[]): MiddlewareHandler<Env>[] {
  const typeOf = (header: string | undefined) => (header ?? '').split(';')[0]?.trim().toLowerCase()
  const uploadAt = (path: string) => uploads.find((upload) => upload.path.test(path))
  const uploadOf = (path: string, header: string | undefined) => {
    const upload = uploadAt(path)
    return upload && typeOf(header) === (upload.type ?? 'multipart/form-data') ? upload : undefined
  }
  return [
    async (c, next) => {
      if (c.req.url.length > maxUrl) throw refuse('address_too_long', { limit: maxUrl })
      if (writes.has(c.req.method)) {
        const wanted = uploadAt(c.req.path)?.type ?? (isApi(c) ? 'application/json' : 'application/x-www-form-urlencoded')
        const given = c.req.header('content-type')
        if (typeOf(given) !== wanted && uploadOf(c.req.path, given) === undefined) throw refuse('unsupported_media_type', { type: wanted })
      }
      await next()
    },
    async (c, next) => {
      // A form without a file has no use for the room of one, and millions of fields would fit into it.
      const limit = uploadOf(c.req.path, c.req.header('content-type'))?.maxBytes ?? maxBody
      const onError = () => {
        throw refuse('body_too_large', { limit })
      }
      return (bodyLimit({ maxSize: limit, onError }) as MiddlewareHandler<Env>)(c, next)
    },
  ]
}

/** Slows down whoever asks too often: so many requests a minute. Counted by address, in memory. */
export function rateLimit(perMinute: number): MiddlewareHandler<Env> {
  const all = new RateLimiterMemory({ points: perMinute, duration: 60 })
  return async (c, next) => {
    await take(all, clientAddress(c))
    await next()
  }
}

/**
 * Slows down a key that asks too often, from however many addresses, and tells it with each answer how far it may still go
 * (draft-ietf-httpapi-ratelimit-headers: `RateLimit`, `RateLimit-Policy`).
 */
export function keyLimit(perMinute: number): MiddlewareHandler<Env> {
  const keys = new RateLimiterMemory({ points: perMinute, duration: 60 })
  return async (c, next) => {
    const { actor } = c.var
    if (actor.kind !== 'key') return next()
    const tell = (remaining: number, seconds: number) => {
      c.header('RateLimit-Policy', `"key";q=${perMinute};w=60`)
      c.header('RateLimit', `"key";r=${remaining};t=${seconds}`)
    }
    try {
      const { remainingPoints, msBeforeNext } = await take(keys, actor.id)
      tell(remainingPoints, Math.ceil(msBeforeNext / 1000))
    } catch (refused) {
      if (refused instanceof Refusal) tell(0, Number(refused.params['n']))
      throw refused
    }
    await next()
  }
}

/** Slows down whoever writes too often: one who is signed in, and a key, is counted alone, for a whole institute may share an address; the others by address. */
export function writeLimit(perMinute: number): MiddlewareHandler<Env> {
  const strangers = new RateLimiterMemory({ points: Math.min(writesPerMinute.stranger, perMinute), duration: 60 })
  const persons = new RateLimiterMemory({ points: Math.min(writesPerMinute.person, perMinute), duration: 60 })
  const keys = new RateLimiterMemory({ points: Math.min(writesPerMinute.key, perMinute), duration: 60 })
  return async (c, next) => {
    const { actor } = c.var
    if (writes.has(c.req.method)) {
      if (actor.kind === 'person') await take(persons, actor.id)
      else if (actor.kind === 'key') await take(keys, actor.id)
      else await take(strangers, clientAddress(c))
    }
    await next()
  }
}

async function take(limiter: RateLimiterMemory, whose: string): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(whose)
  } catch (refused) {
    if (refused instanceof Error) throw refused
    throw refuse('too_many_requests', { n: Math.ceil((refused as RateLimiterRes).msBeforeNext / 1000) })
  }
}
