import type { MiddlewareHandler } from 'hono'
import type { Env } from './context.ts'

/**
 * Leads from an address with a slash too many at its end to the one without, where there is nothing else at it. The way is a path alone: neither the host that
 * a request names, nor one that two slashes would make of the path, gets into it.
 */
export const withoutLastSlash: MiddlewareHandler<Env> = async (c, next) => {
  await next()
  if (c.res.status !== 404 || (c.req.method !== 'GET' && c.req.method !== 'HEAD')) return
  const { pathname, search } = new URL(c.req.url)
  if (!pathname.endsWith('/')) return
  const path = pathname.split('/').filter(Boolean).join('/')
  if (path !== '') c.res = c.redirect(`/${path}${search}`, 301)
}
