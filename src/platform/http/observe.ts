import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
import { refuse } from '../errors.ts'
import { isLocal } from './address.ts'
import type { Ctx, Deps, Env } from './context.ts'
import { countingQueries } from './request-scope.ts'

/** Gives each request an id, writes one log line for it, counts it. The outermost of all. */
export function observe(deps: Deps, metrics: Metrics): MiddlewareHandler<Env> {
  return async (c, next) => {
    const began = performance.now()
    const given = c.req.header('x-request-id')
    c.set('requestId', given !== undefined && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID())
    c.set('deps', deps)
    c.header('X-Request-Id', c.var.requestId)
    const count = { queries: 0 }
    await countingQueries(count, next)
    const seconds = (performance.now() - began) / 1000
    const route = c.res.status === 404 ? 'none' : (matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? 'other')
    metrics.requests.inc({ method: c.req.method, route, status: c.res.status })
    metrics.seconds.observe({ route }, seconds)
    metrics.queries.inc({ route }, count.queries)
    // The path without its query: what people search for is their own affair.
    deps.logger.info(
      {
        id: c.var.requestId,
        method: c.req.method,
        path: withoutSecrets(c.req.path),
        status: c.res.status,
        ms: Math.round(seconds * 1e4) / 10,
        queries: count.queries,
      },
      'request',
    )
  }
}

/** A link that came by mail lets in whoever has it, so its token does not go into the log. With a capital: no key of a thing is taken for one. */
const withoutSecrets = (path: string) => path.replaceAll(/\/(?=[^/]*[A-Z])[^/]{43,}/g, '/…')

export type Metrics = ReturnType<typeof makeMetrics>

/** The figures that `/metrics` shows, each server with its own. */
export function makeMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    requests: new Counter({ name: 'puente_requests_total', help: 'Requests answered', labelNames: ['method', 'route', 'status'], registers: [registry] }),
    seconds: new Histogram({
      name: 'puente_request_seconds',
      help: 'Time to answer',
      labelNames: ['route'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers: [registry],
    }),
    queries: new Counter({ name: 'puente_queries_total', help: 'Database queries sent', labelNames: ['route'], registers: [registry] }),
  }
}

/** `/metrics` in the Prometheus form, for who asks from this machine; to others it is not there. */
export async function answerMetrics(c: Ctx, metrics: Metrics): Promise<Response> {
  if (!isLocal(c)) throw refuse('not_found')
  return c.body(await metrics.registry.metrics(), 200, { 'Content-Type': metrics.registry.contentType, 'Cache-Control': 'no-store' })
}
