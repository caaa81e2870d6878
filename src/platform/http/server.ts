import { createAdaptorServer } from '@hono/node-server'
import type { Server } from 'node:http'
import type { Hono } from 'hono'
import { refuse } from '../errors.ts'
import type { Env } from './context.ts'

/** How long requests in flight may take once the server ends. */
const graceMilliseconds = 10_000
/** How often connections without a request are closed once the server ends. */
const idleMilliseconds = 50

/** How long somebody may take, in milliseconds: for the head of a request, for all of it, and between two; and how often that is looked after. */
export const patience = { headersTimeout: 20_000, requestTimeout: 60_000, keepAliveTimeout: 20_000, connectionsCheckingInterval: 5_000 }

/**
 * Listens. Whoever sends too slowly is answered 408 and cut; a head of more than 16 KB is answered 431.
 *
 * @throws Refusal `port_unusable`
 */
export function listen(app: Hono<Env>, host: string, port: number, slowest: typeof patience = patience): Promise<Server> {
  const server = createAdaptorServer({ fetch: oneHost(app.fetch), serverOptions: { ...slowest, maxHeaderSize: 16_384 } }) as Server
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refuse('port_unusable', { host, port: String(port), reason: error.code ?? error.message })))
    server.listen(port, host, () => resolve(server))
  })
}

/** Refuses a request that names two hosts, as RFC 9112, 3.2, asks; Node.js takes the first, and what stands in front may take the other. */
function oneHost(fetch: Hono<Env>['fetch']): (request: Request, env: { incoming: { rawHeaders: string[] } }) => Response | Promise<Response> {
  return (request, env) => {
    const hosts = env.incoming.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host')
    return hosts.length > 1 ? new Response(null, { status: 400 }) : fetch(request, env)
  }
}

/** Takes no new connection, lets what is in flight end, keeps no connection for a next request, and cuts what takes too long. */
export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMilliseconds)
    // A proxy's connections would otherwise be kept, and cut in the middle of a request when the grace is over.
    server.prependListener('request', (_request, response) => void (response.shouldKeepAlive = false))
    const idle = setInterval(() => server.closeIdleConnections(), idleMilliseconds)
    server.close(() => {
      clearTimeout(cut)
      clearInterval(idle)
      resolve()
    })
  })
}
