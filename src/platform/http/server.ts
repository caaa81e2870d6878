import { createAdaptorServer } from '@hono/node-server'
import type { Server } from 'node:http'
import type { Hono } from 'hono'
import { refuse } from '../errors.ts'
import type { Env } from './context.ts'

/** How long requests in flight may take once the server ends. */
const graceMilliseconds = 10_000
/** How often connections without a request are closed once the server ends. */
const idleMilliseconds = 50

/**
 * Listens.
 *
 * @throws Refusal `port_unusable`
 */
export function listen(app: Hono<Env>, host: string, port: number): Promise<Server> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  server.requestTimeout = 60_000
  server.headersTimeout = 20_000
  server.keepAliveTimeout = 20_000
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refuse('port_unusable', { host, port: String(port), reason: error.code ?? error.message })))
    server.listen(port, host, () => resolve(server))
  })
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
