import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { refuse } from '../errors.ts'
import { clientAddress } from './address.ts'
import { isApi, type Env } from './context.ts'

/** The longest address that is taken. */
export const maxUrl = 4096
/** The largest body of a form or an API call; files have limits of their own. */
export const maxBody = 256 * 1024
/** How many writes a minute one address may make, of all its requests. */
const writesPerMinute = 20

const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** A form that carries a file, and how large it may be. */
export type Upload = { path: RegExp; maxBytes: number }

/** Refuses an address too long, a body too large, and a body of a type that the door does not read. */
export function bodies(uploads: readonly Upload[]): MiddlewareHandler<Env>[] {
  const uploadAt = (path: string) => uploads.find((upload) => upload.path.test(path))
  return [
    async (c, next) => {
      if (c.req.url.length > maxUrl) throw refuse('address_too_long', { limit: maxUrl })
      if (writes.has(c.req.method)) {
        const wanted = isApi(c) ? 'application/json' : 'application/x-www-form-urlencoded'
        const given = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
        const isUpload = given === 'multipart/form-data' && uploadAt(c.req.path) !== undefined
        if (given !== wanted && !isUpload) throw refuse('unsupported_media_type', { type: wanted })
      }
      await next()
    },
    async (c, next) => {
      const limit = uploadAt(c.req.path)?.maxBytes ?? maxBody
      const onError = () => {
        throw refuse('body_too_large', { limit })
      }
      return (bodyLimit({ maxSize: limit, onError }) as MiddlewareHandler<Env>)(c, next)
    },
  ]
}

/** Slows down whoever asks too often: `perMinute` requests, and of them twenty that write. Counted by address, in memory. */
export function rateLimit(perMinute: number): MiddlewareHandler<Env> {
  const all = new RateLimiterMemory({ points: perMinute, duration: 60 })
  const writing = new RateLimiterMemory({ points: Math.min(writesPerMinute, perMinute), duration: 60 })
  return async (c, next) => {
    const address = clientAddress(c)
    try {
      await all.consume(address)
      if (writes.has(c.req.method)) await writing.consume(address)
    } catch (refused) {
      if (refused instanceof Error) throw refused
      const seconds = Math.ceil((refused as RateLimiterRes).msBeforeNext / 1000)
      throw refuse('too_many_requests', { n: seconds })
    }
    await next()
  }
}
