import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { MiddlewareHandler } from 'hono'
import { thePublic } from '../access/actor.ts'
import { readSession, seeSession } from '../access/sessions.ts'
import { logPosition } from '../log/log.ts'
import { bearerOf, keyActor } from './api-key.ts'
import { publicUrl, type Ctx, type Env } from './context.ts'

/** Days after which a browser forgets the cookie; the session itself may end sooner. */
const days = 90

const isSecure = (c: Ctx) => publicUrl(c).startsWith('https:')
/** The name of a cookie. With `__Host-` a browser takes the cookie only from this host, over TLS, for all paths. */
export const nameOf = (c: Ctx, name: string) => (isSecure(c) ? `__Host-${name}` : name)
/** How cookies of ours are kept: out of reach of scripts, and not sent along when another site posts here. */
export const attributes = (c: Ctx) => ({ path: '/', httpOnly: true, secure: isSecure(c), sameSite: 'Lax' as const })

/** Finds out who asks: under `/api/` the key that was sent along, whatever the cookie says; else the person whose session the cookie names; else the public. */
export const signedIn: MiddlewareHandler<Env> = async (c, next) => {
  const token = getCookie(c, nameOf(c, 'puente'))
  const key = bearerOf(c)
  c.set('actor', thePublic)
  if (key !== undefined) {
    c.set('actor', await keyActor(c, key))
    return next()
  }
  if (token !== undefined) {
    const { database } = c.var.deps
    // With the position of the log, which else would be asked for in a transaction of its own.
    const { session, position } = await database.read(thePublic, async (db) => ({
      session: await readSession(database, db, token),
      position: await logPosition(db),
    }))
    c.set('position', position)
    if (session) {
      const { id, personId, name, language, roles, works, stale } = session
      c.set('actor', { kind: 'person', id: personId, name, language, session: id, roles, works })
      if (stale) await database.write(thePublic, (db) => seeSession(database, db, id))
    } else deleteCookie(c, nameOf(c, 'puente'), attributes(c))
  }
  await next()
}

/** Gives the browser the token of its new session; kept a second time, it is the mark by which the browser is known again after signing out. */
export function keepSession(c: Ctx, token: string): void {
  setCookie(c, nameOf(c, 'puente'), token, { ...attributes(c), maxAge: days * 86_400 })
  setCookie(c, nameOf(c, 'puente-device'), token, { ...attributes(c), maxAge: 365 * 86_400 })
}

/** Takes the token from the browser. */
export const dropSession = (c: Ctx): void => void deleteCookie(c, nameOf(c, 'puente'), attributes(c))

/** The mark of a browser in which somebody was signed in before. */
export const deviceOf = (c: Ctx): string | undefined => getCookie(c, nameOf(c, 'puente-device'))

/** What a browser keeps for a few minutes: that its second factor is awaited, or what its passkey is to sign. */
export type BriefCookie = 'puente-pending' | 'puente-challenge'

/** Gives the browser a secret for some minutes. */
export const keepBriefly = (c: Ctx, name: BriefCookie, secret: string, minutes: number): void =>
  setCookie(c, nameOf(c, name), secret, { ...attributes(c), maxAge: minutes * 60 })

/** What the browser was given, if it still has it. */
export const brieflyKept = (c: Ctx, name: BriefCookie): string | undefined => getCookie(c, nameOf(c, name))

/** Takes it from the browser. */
export const dropBriefly = (c: Ctx, name: BriefCookie): void => void deleteCookie(c, nameOf(c, name), attributes(c))
