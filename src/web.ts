import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
import { modules } from './modules.ts'
import { thePublic } from './platform/access/actor.ts'
import { apiRouter, keyScheme } from './platform/http/api.ts'
import type { Ctx, Deps, Env } from './platform/http/context.ts'
import { footerLinks } from './platform/http/footer.ts'
import { answerHealth, answerReadiness } from './platform/http/health.ts'
import { keptAnswers } from './platform/http/kept-answers.ts'
import { language, pathWithoutLanguage } from './platform/http/language.ts'
import { idempotency } from './platform/http/idempotency.ts'
import { keyApi } from './platform/http/key-api.ts'
import { bodies, keyLimit, rateLimit, writeLimit } from './platform/http/limits.ts'
import { knownMethods, refuseUnknown } from './platform/http/methods.ts'
import { answerMetrics, makeMetrics, observe } from './platform/http/observe.ts'
import { withoutLastSlash } from './platform/http/one-slash.ts'
import { answerRefusal, asRefusal } from './platform/http/refusals.tsx'
import { pageSections } from './platform/http/sections.ts'
import { sameSite, securityHeaders } from './platform/http/security.ts'
import { signedIn } from './platform/http/session.ts'

/** Answers kept in memory: at some ten kilobytes each, what an operator can spare. */
const mostKept = 1000

/** The whole server on one page: what every request passes through, in order, then one mount a module. */
export function createApp(deps: Deps): Hono<Env> {
  const app = new Hono<Env>({ getPath: pathWithoutLanguage })
  const metrics = makeMetrics()

  app.use(observe(deps, metrics))
  if (deps.demo) app.use(unlisted)
  app.use(language)
  app.use(securityHeaders(deps.config))

  app.get('/healthz', answerHealth)
  app.get('/readyz', answerReadiness)
  app.get('/metrics', (c) => answerMetrics(c, metrics))
  for (const { path, body, type } of Object.values(deps.assets)) {
    app.get(path, compress(), (c) => c.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' }))
  }

  app.use(compress())
  app.use(etag({ weak: true }))
  app.use(caching)
  app.use(rateLimit(deps.config.rate))
  app.use(knownMethods(app))
  for (const limit of bodies(modules.flatMap(({ uploads }) => uploads ?? []))) app.use(limit)
  app.use(sameSite)
  app.use(signedIn)
  app.use(keyLimit(deps.config.rate))
  app.use(writeLimit(deps.config.rate))
  app.use(withoutLastSlash)
  for (const { notes } of modules) if (notes) app.use(notes)
  app.use(keptAnswers(mostKept))
  app.use('/api/*', idempotency())
  app.use(footerLinks(modules.flatMap(({ footer }) => footer ?? [])))
  app.use(pageSections(modules.flatMap(({ sections }) => sections ?? [])))

  for (const { pages } of modules) app.route('/', pages)
  if (deps.demo) app.route('/', deps.demo)
  app.route('/api/v1', createApi())

  app.notFound((c) => refuseUnknown(app, c as Ctx))
  app.onError((error, c) => {
    const refusal = asRefusal(error)
    if (refusal.status >= 500) deps.logger.error({ id: (c as Ctx).var.requestId, error: error.stack ?? String(error) }, refusal.code)
    return answerRefusal(c as Ctx, refusal)
  })
  return app
}

/** Everything under `/api/v1`, with its contract at `/api/v1/openapi.json`. */
export function createApi() {
  const api = apiRouter()
  api.route('/', keyApi)
  for (const module of modules) api.route('/', module.api)
  api.get('/openapi.json', (c) => c.json(describeApi(api)))
  return api
}

/** The contract of the API, OpenAPI 3.1, from the schemas that check it. */
export function describeApi(api = createApi()) {
  api.openAPIRegistry.registerComponent('securitySchemes', keyScheme.name, keyScheme.scheme)
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Puente',
      version: '1',
      description:
        'The record of biotechnology cooperation. Lists take filters and a cursor; refusals are RFC 9457 problem details. What is public needs no key; a key shows what its owner sees beside that.',
      license: { name: 'CC BY 4.0 (data)', url: 'https://creativecommons.org/licenses/by/4.0/' },
    },
    servers: [{ url: '/api/v1' }],
  })
}

/** No search engine shows what is invented. */
const unlisted: Parameters<Hono<Env>['use']>[1] = async (c, next) => {
  await next()
  c.header('X-Robots-Tag', 'noindex, nofollow')
}

/** Pages and data may be kept, but are asked for again each time; an unchanged one costs a few bytes. */
const caching: Parameters<Hono<Env>['use']>[1] = async (c, next) => {
  await next()
  if (c.res.headers.has('cache-control')) return
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  const audience = ((c as Ctx).var.actor ?? thePublic).kind === 'public' ? 'public' : 'private'
  c.header('Cache-Control', isRead ? `${audience}, no-cache` : 'no-store')
  c.header('Vary', (c as Ctx).req.path.startsWith('/api/') ? 'Cookie, Authorization' : 'Cookie', { append: true })
}
