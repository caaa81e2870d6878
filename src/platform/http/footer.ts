import type { MiddlewareHandler } from 'hono'
import { thePublic } from '../access/actor.ts'
import type { Scope } from '../db/database.ts'
import { Kept } from '../log/kept.ts'
import type { NavigationItem } from '../ui/view.ts'
import { isApi, type Env } from './context.ts'

type Footer = (db: Scope) => Promise<readonly NavigationItem[]>

/**
 * Gives each page the links that modules want at its foot. A page for the public costs no query for them until the log moves: they are kept with its position.
 * It stands behind what keeps whole answers, so that one that is kept asks nothing.
 */
export function footerLinks(footers: readonly Footer[]): MiddlewareHandler<Env> {
  const kept = new Kept<readonly NavigationItem[]>(4)
  return async (c, next) => {
    if (isApi(c) || footers.length === 0) return next()
    const { database } = c.var.deps
    const ask = () => database.read(thePublic, async (db) => (await Promise.all(footers.map((footer) => footer(db)))).flat())
    c.set('footer', await (c.var.position === undefined ? ask() : kept.get(database, c.var.position, ask)))
    await next()
  }
}
