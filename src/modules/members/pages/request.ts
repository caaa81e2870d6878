import type { Person } from '../../../platform/access/actor.ts'
import { pendingMinutes } from '../../../platform/access/pending.ts'
import { relyingPartyOf } from '../../../platform/access/webauthn.ts'
import { clientAddress } from '../../../platform/http/address.ts'
import { publicUrl, type Ctx } from '../../../platform/http/context.ts'
import { deviceOf, keepBriefly, keepSession } from '../../../platform/http/session.ts'
import { viewOf } from '../../../platform/http/view.ts'
import type { FactorDeps } from '../actions/codes.ts'
import type { Entry } from '../actions/sign-in.ts'
import { membersTexts } from '../text/index.ts'

export const wordsOf = (c: Ctx) => ({ view: viewOf(c), say: membersTexts[c.var.language], provider: c.var.deps.config.openid?.name })
export const visitorOf = (c: Ctx) => ({ address: clientAddress(c), agent: c.req.header('user-agent') ?? '', session: personOf(c)?.session })
export const fromOf = (c: Ctx) => ({ ...visitorOf(c), device: deviceOf(c) })
export const partyOf = (c: Ctx) => relyingPartyOf(publicUrl(c))

export function factorDeps(c: Ctx): FactorDeps {
  const { database, secrets } = c.var.deps
  return { database, secrets, base: publicUrl(c) }
}

export const personOf = (c: Ctx): Person | undefined => (c.var.actor.kind === 'person' ? c.var.actor : undefined)

/** Whoever is not signed in is asked to, and comes back. */
export const toSignIn = (c: Ctx, next = '/account') => c.redirect(viewOf(c).link(`/sign-in?next=${encodeURIComponent(next)}`), 303)

/** Whoever has not shown lately who they are does so first, and comes back. */
export const toProof = (c: Ctx, next: string) => c.redirect(viewOf(c).link(`/account/proof?next=${encodeURIComponent(next)}`), 303)

/** A path of this site, and nothing that a browser takes for another. */
export const pathOfSite = (text: string | undefined) => (text !== undefined && text.length <= 1001 && /^\/([^/\s\\][^\s\\]*)?$/.test(text) ? text : undefined)

/** The page, or its address, holds a secret: nothing keeps it. To other sites no page of ours tells more than its origin. */
export function hide(c: Ctx): void {
  c.header('Cache-Control', 'private, no-store')
}

/** Gives the browser what it is to keep, and leads on: to where somebody wanted, or to the second factor. */
export function enter(c: Ctx, entry: Entry, next?: string) {
  const { link } = viewOf(c)
  if ('session' in entry) {
    keepSession(c, entry.session)
    return c.redirect(link(next ?? '/account'), 303)
  }
  keepBriefly(c, 'puente-pending', entry.pending, pendingMinutes)
  return c.redirect(link(next === undefined ? '/sign-in/code' : `/sign-in/code?next=${encodeURIComponent(next)}`), 303)
}
