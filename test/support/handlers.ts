import { Session } from 'node:inspector/promises'
import type { Route } from './requests.ts'
import type { World } from './world.ts'

/** Where in the sources the handlers of routes are written, in their order: what a loop or a factory makes has one place. By the route's method and path. */
export async function placesOfHandlers(world: World, routes: readonly Route[]): Promise<Map<string, string>> {
  const session = new Session()
  session.connect()
  const urls = new Map<string, string>()
  session.on('Debugger.scriptParsed', ({ params }) => void urls.set(params.scriptId, params.url))
  const holder = globalThis as { handlersLookedAt?: unknown[] }
  try {
    await session.post('Debugger.enable')
    const places = new Map<string, string>()
    for (const { method, path } of routes) {
      const handlers = world.app.routes.filter((route) => route.method === method && route.path === path).map(({ handler }) => handler)
      const found: string[] = []
      for (const handler of handlers) {
        holder.handlersLookedAt = [handler]
        const { result } = await session.post('Runtime.evaluate', { expression: 'handlersLookedAt[0]' })
        const { internalProperties } = await session.post('Runtime.getProperties', { objectId: result.objectId ?? '' })
        const at = internalProperties?.find(({ name }) => name === '[[FunctionLocation]]')?.value?.value as
          | { scriptId: string; lineNumber: number; columnNumber: number }
          | undefined
        if (at) found.push(`${urls.get(at.scriptId)?.replace(/^.*\/(src|node_modules)\//, '$1/')}:${at.lineNumber + 1}:${at.columnNumber + 1}`)
      }
      places.set(`${method} ${path}`, found.join(' '))
    }
    return places
  } finally {
    delete holder.handlersLookedAt
    session.disconnect()
  }
}
