import { Hono } from 'hono'
import { z } from 'zod'
import { accountById } from '../../../platform/access/accounts.ts'
import type { Person } from '../../../platform/access/actor.ts'
import { factorsOf } from '../../../platform/access/second-factor.ts'
import type { Issue } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { keepSession } from '../../../platform/http/session.ts'
import { issuesOf } from '../../../platform/issues.ts'
import { askForSignature, proveByPasskey } from '../actions/passkey-sign-in.ts'
import { hasProof, proveByPassword } from '../actions/proof.ts'
import { confirmSecondFactor, endSecondFactor, readStanding, renewRecoveryCodes, startSecondFactor } from '../actions/second-factor.ts'
import { codeInput, passkeyAnswer, proofInput } from '../schema.ts'
import { ProofPage } from '../views/proof.tsx'
import { RecoveryCodesPage, SecondFactorPage } from '../views/second-factor.tsx'
import { noteFailedSignIn } from './failed-sign-in.ts'
import { factorDeps, fromOf, hide, partyOf, personOf, toProof, toSignIn, wordsOf } from './request.ts'

/** The second factor of whoever is signed in, and showing anew who they are before it is changed. */
export const secondFactorPages = new Hono<Env>()

const home = '/account/second-factor'
const emailOf = (c: Ctx, person: Person) => async () => (await c.var.deps.database.read(person, (db) => accountById(c.var.deps.database, db, person.id)))?.email

/** Where somebody goes on who has shown who they are. */
const nextOf = (given: unknown) =>
  z
    .union([z.enum([home, '/account/passkeys', '/account/openid', '/account/api-keys/new']), z.string().regex(/^\/members\/[a-z0-9-]{1,80}\/api-keys\/new$/)])
    .catch(home)
    .parse(given)

secondFactorPages.get('/account/proof', async (c) => {
  const person = personOf(c)
  return person === undefined ? toSignIn(c) : c.html(await proofPage(c, person, nextOf(c.req.query('next'))))
})

secondFactorPages.post('/account/proof', async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c)
  const form = await c.req.parseBody<Record<string, string>>()
  const next = nextOf(form['next'])
  const parsed = proofInput.safeParse(form)
  const proven = parsed.success ? await tryPassword(c, person, parsed.data) : issuesOf(parsed.error)
  if (!('token' in proven)) return c.html(await proofPage(c, person, next, proven), 422)
  keepSession(c, proven.token)
  return c.redirect(wordsOf(c).view.link(next), 303)
})

/** A wrong guess is noted as such; what was forgotten to type is none. */
async function tryPassword(c: Ctx, person: Person, typed: z.output<typeof proofInput>): Promise<{ token: string } | Issue[]> {
  const kept: { proven: { token: string } | Issue[] } = { proven: [] }
  await noteFailedSignIn(c, 'proof', emailOf(c, person), async () => {
    const proven = await proveByPassword(factorDeps(c), person, typed, fromOf(c))
    kept.proven = proven
    return 'token' in proven || !proven.some(({ code }) => code === 'wrong_password' || code === 'wrong_code') ? proven : undefined
  })
  return kept.proven
}

secondFactorPages.post('/account/proof/passkey/challenge', async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c)
  return c.json((await askForSignature(c.var.deps.database, { purpose: 'proof', person, party: partyOf(c) })).options)
})

secondFactorPages.post('/account/proof/passkey', async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c)
  const form = await c.req.parseBody<Record<string, string>>()
  const next = nextOf(form['next'])
  const parsed = passkeyAnswer.safeParse(form)
  const token = await noteFailedSignIn(
    c,
    'proof',
    emailOf(c, person),
    async () => (parsed.success && (await proveByPasskey(c.var.deps.database, person, parsed.data.response, partyOf(c)))) || undefined,
  )
  if (token === undefined) return c.html(await proofPage(c, person, next, [], true), 422)
  keepSession(c, token)
  return c.redirect(wordsOf(c).view.link(next), 303)
})

secondFactorPages.get(home, async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c, home)
  if (!(await hasProof(c.var.deps.database, person))) return toProof(c, home)
  hide(c)
  return c.html(await page(c, person, []))
})

secondFactorPages.post(`${home}/setup`, async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c, home)
  if (!(await hasProof(c.var.deps.database, person))) return toProof(c, home)
  await startSecondFactor(factorDeps(c), person)
  return c.redirect(wordsOf(c).view.link(home), 303)
})

secondFactorPages.post(home, async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c, home)
  if (!(await hasProof(c.var.deps.database, person))) return toProof(c, home)
  hide(c)
  const parsed = codeInput.safeParse(await c.req.parseBody())
  const set = parsed.success ? await confirmSecondFactor(factorDeps(c), person, parsed.data.code) : issuesOf(parsed.error)
  return Array.isArray(set) ? c.html(await page(c, person, set), 422) : c.html(<RecoveryCodesPage {...wordsOf(c)} codes={set.codes} isNew />)
})

secondFactorPages.post(`${home}/recovery-codes`, async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c, home)
  if (!(await hasProof(c.var.deps.database, person))) return toProof(c, home)
  hide(c)
  return c.html(<RecoveryCodesPage {...wordsOf(c)} codes={await renewRecoveryCodes(factorDeps(c), person)} />)
})

secondFactorPages.post(`${home}/end`, async (c) => {
  const person = personOf(c)
  if (person === undefined) return toSignIn(c, home)
  if (!(await hasProof(c.var.deps.database, person))) return toProof(c, home)
  await endSecondFactor(factorDeps(c), person)
  return c.redirect(wordsOf(c).view.link(`${home}?done=off`), 303)
})

async function page(c: Ctx, person: Person, issues: readonly Issue[]) {
  const deps = factorDeps(c)
  const standing = await readStanding(deps, person, `Puente ${partyOf(c).id}`)
  return <SecondFactorPage {...wordsOf(c)} standing={standing} issues={issues} isOff={c.req.query('done') === 'off'} />
}

async function proofPage(c: Ctx, person: Person, next: string, issues: readonly Issue[] = [], isRefused = false) {
  const { database } = c.var.deps
  const factors = await database.read(person, (db) => factorsOf(database, db, person.id))
  return <ProofPage {...wordsOf(c)} next={next} factors={factors} issues={issues} isRefused={isRefused} />
}
