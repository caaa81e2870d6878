import { Hono } from 'hono'
import type { Person } from '../../../platform/access/actor.ts'
import { newId } from '../../../platform/id.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { makeKey, readKeyForm, readKeys, revokeKey, type KeyDeps } from '../actions/api-keys.ts'
import { hasProof } from '../actions/proof.ts'
import { usualEnd } from '../rules/api-keys.ts'
import { keyFilter, keyInput } from '../schema/keys.ts'
import { KeyFormPage, KeyMadePage, KeysPage, type KeyTyped } from '../views/api-keys.tsx'
import { factorDeps, hide, personOf, toProof, toSignIn } from './request.ts'
import { attempt, forPerson, idOf, statusOf, wordsOf } from './signed-in.ts'

/** The keys of whoever is signed in, and those of the members they administer. */
export const apiKeyPages = new Hono<Env>()

const memberOf = (c: Ctx): string | undefined => c.req.param('key')
const homeOf = (c: Ctx) => (memberOf(c) === undefined ? '/account/api-keys' : `/members/${memberOf(c)}/api-keys`)
const keyDeps = (c: Ctx): KeyDeps => ({ ...factorDeps(c), scopes: c.var.deps.scopes })

/** What every page of keys is drawn with. */
const sharedOf = (c: Ctx) => ({ ...wordsOf(c), home: homeOf(c), scopes: c.var.deps.scopes })

async function formPage(c: Ctx, person: Person, typed?: KeyTyped, issues: Parameters<typeof KeyFormPage>[0]['issues'] = []) {
  const { organization, now } = await readKeyForm(c.var.deps.database, person, memberOf(c))
  const shown = typed ?? { id: newId(), name: '', scopes: [], until: usualEnd(now) }
  return <KeyFormPage {...sharedOf(c)} organization={organization} typed={shown} issues={issues} />
}

type Handle = Parameters<typeof forPerson>[0]
/** A door of the account; what stands before all of these has asked for the terms of use already. */
const forOwner =
  (handle: Handle) =>
  (c: Ctx): Response | Promise<Response> => {
    const person = personOf(c)
    return person === undefined ? toSignIn(c, c.req.method === 'GET' ? c.req.path : '/account') : handle(c, person)
  }

for (const [home, door] of [
  ['/account/api-keys', forOwner],
  ['/members/:key/api-keys', forPerson],
] as const) {
  apiKeyPages.get(
    home,
    door(async (c, person) => {
      const { cursor, done } = keyFilter.parse(c.req.query())
      const found = await readKeys(c.var.deps.database, person, memberOf(c), cursor)
      return c.html(<KeysPage {...sharedOf(c)} {...found} isDone={done === 'revoked'} />)
    }),
  )

  apiKeyPages.get(
    `${home}/new`,
    door(async (c, person) => {
      const page = await formPage(c, person)
      return (await hasProof(c.var.deps.database, person)) ? c.html(page) : toProof(c, `${homeOf(c)}/new`)
    }),
  )

  apiKeyPages.post(
    home,
    door(async (c, person) => {
      if (!(await hasProof(c.var.deps.database, person))) return toProof(c, `${homeOf(c)}/new`)
      const typed = await typedOf(c)
      const ended = await attempt(keyInput, typed, (input) => makeKey(keyDeps(c), person, memberOf(c), input))
      if ('issues' in ended) return c.html(await formPage(c, person, typed, ended.issues), statusOf(ended))
      // A second click has nothing to show any more.
      if (ended.done === undefined) return c.redirect(wordsOf(c).view.link(homeOf(c)), 303)
      hide(c)
      return c.html(<KeyMadePage {...sharedOf(c)} name={typed.name} token={ended.done} />)
    }),
  )

  apiKeyPages.post(
    `${home}/:id/end`,
    door(async (c, person) => {
      await revokeKey(keyDeps(c), person, memberOf(c), idOf(c))
      return c.redirect(wordsOf(c).view.link(`${homeOf(c)}?done=revoked`), 303)
    }),
  )
}

/** What came with the form; several boxes may be ticked. */
async function typedOf(c: Ctx): Promise<KeyTyped> {
  const form = await c.req.parseBody({ all: true })
  const several = (name: string) => [form[name] ?? []].flat().filter((value): value is string => typeof value === 'string')
  const one = (name: string) => several(name)[0] ?? ''
  return { id: one('id'), name: one('name'), scopes: several('scopes'), until: one('until') }
}
