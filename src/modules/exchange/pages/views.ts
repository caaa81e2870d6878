import type { MiddlewareHandler } from 'hono'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import type { Hats } from '../../members/index.ts'
import { noteView } from '../actions/count-views.ts'
import { sidesOf } from '../policy.ts'
import { isProgram } from '../rules/bots.ts'
import { isShown } from '../schema/terms.ts'
import type { Listing } from '../store/listings.ts'

const page = /^\/listings\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

/** Nobody has looked yet: a browser fetches ahead, or a program reads. */
const isNoReader = (c: Ctx) =>
  c.req.method !== 'GET' || /prefetch|prerender/i.test(c.req.header('sec-purpose') ?? c.req.header('purpose') ?? '') || isProgram(c.req.header('user-agent'))

/** Counts readers who are not signed in, also those who get an answer that was kept. Nothing is remembered of them: no cookie, no address. */
export const countPublicViews: MiddlewareHandler<Env> = async (c, next) => {
  await next()
  const listing = c.var.actor.kind === 'public' ? page.exec(c.req.path)?.[1] : undefined
  if (listing !== undefined && c.res.status === 200 && !isNoReader(c)) noteView(c.var.deps.database, listing)
}

/** Counts somebody signed in, unless they belong to the organization whose listing it is, or work at the desk that looks after it. */
export function countView(c: Ctx, listing: Listing, hats: Hats): void {
  const { organization, state } = listing
  if (organization === null || !isShown(state) || c.var.actor.kind !== 'person' || isNoReader(c)) return
  if (hats.organizations.has(organization.id) || hats.roles.has(organization.id) || sidesOf(hats, listing).size > 0) return
  noteView(c.var.deps.database, listing.id)
}
