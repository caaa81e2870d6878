import type { Hono, MiddlewareHandler } from 'hono'
import { refuse } from '../errors.ts'
import type { Ctx, Env } from './context.ts'

/** Refuses a write where no route takes one, before anything of it is read. */
export function knownMethods(app: Hono<Env>): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (!['GET', 'HEAD'].includes(c.req.method) && !methodsOf(app, c.req.path).includes(c.req.method)) refuseUnknown(app, c)
    await next()
  }
}

/** What to answer where no route fits: 405 with the methods that do, if the path is one of ours, else 404. */
export function refuseUnknown(app: Hono<Env>, c: Ctx): never {
  const allowed = methodsOf(app, c.req.path)
  if (allowed.length === 0) throw refuse('not_found')
  c.header('Allow', allowed.join(', '))
  throw refuse('method_not_allowed', { allowed: allowed.join(', ') })
}

function methodsOf(app: Hono<Env>, path: string): string[] {
  const methods = new Set<string>()
  for (const route of app.routes) {
    if (route.method !== 'ALL' && pattern(route.path).test(path)) methods.add(route.method)
  }
  if (methods.has('GET')) methods.add('HEAD')
  return [...methods].toSorted()
}

const pattern = (route: string) => new RegExp(`^${route.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/:\w+(\\?\{[^}]*\})?/g, '[^/]+')}$`)
