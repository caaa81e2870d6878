import { Hono } from 'hono'
import { z } from 'zod'
import type { Scope } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/id.ts'
import type { Issue } from '../../../platform/errors.ts'
import { publicUrl, type Ctx, type Env } from '../../../platform/http/context.ts'
import { issuesOf } from '../../../platform/issues.ts'
import { applyAsPerson, applyAsVisitor } from '../actions/apply.ts'
import { mayApplyFor } from '../policy.ts'
import { standsIn } from '../rules/standings.ts'
import { applicationInput, contactInput } from '../schema/organizations.ts'
import { readHats } from '../store/hats.ts'
import { listNetworks } from '../store/networks.ts'
import { readOrganization, type Organization } from '../store/organizations.ts'
import { AppliedPage, ApplyPage } from '../views/apply.tsx'
import { attempt, formOf, statusOf, wordsOf, type Form } from './signed-in.ts'

/** An organization asks to be admitted. */
export const applyPages = new Hono<Env>()

async function page(c: Ctx, typed: Form, issues: readonly Issue[] = []) {
  const { actor, deps } = c.var
  const { networks, member } = await deps.database.read(actor, async (db) => ({
    networks: await listNetworks(db),
    member: actor.kind === 'person' ? await memberThatApplies(db, typed['organization']) : undefined,
  }))
  const left = member ? networks.filter(({ id }) => !standsIn(member.standings, id)) : networks
  const shown = member ? { ...factsOf(member), ...typed } : Object.fromEntries(Object.entries(typed).filter(([name]) => name !== 'organization'))
  return <ApplyPage {...wordsOf(c)} networks={left} member={member} typed={shown} issues={issues} signedIn={actor.kind === 'person'} />
}

/** The member for which somebody wants to apply to another network, if it is theirs to apply for. */
async function memberThatApplies(db: Scope, id: string | undefined): Promise<Organization | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined
  const member = await readOrganization(db, { id: id ?? '' })
  return member && mayApplyFor(await readHats(db), member) ? member : undefined
}

/** What a member has said of itself already, it need not type again. Its identifiers stay with it. */
const factsOf = ({ name, original, kind, country, website, entry }: Organization): Form => ({
  name: name[original] ?? '',
  original,
  english: original === 'en' ? '' : (name.en ?? ''),
  kind,
  country,
  website: website ?? '',
  entry: entry ?? '',
})

applyPages.get('/apply', async (c) => {
  // Its id is for one reader: two applications with the same would be one.
  c.header('Cache-Control', 'private, no-cache')
  const given = ['entry', 'name', 'organization', 'network'].map((name) => [name, c.req.query(name)?.slice(0, 200)])
  return c.html(await page(c, { id: newId(), ...(Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Form) }))
})

applyPages.post('/apply', async (c) => {
  const { actor, deps, language } = c.var
  const form = await formOf(c)
  const parsed = applicationInput.safeParse(form, { reportInput: true })
  const contact = actor.kind === 'person' ? undefined : contactInput.safeParse(form, { reportInput: true })
  const issues = [parsed, contact].flatMap((each) => (each?.error ? issuesOf(each.error) : [])).filter(({ path }) => path !== 'id')
  if (!parsed.success || issues.length > 0) return c.html(await page(c, { ...form, id: parsed.success ? parsed.data.id : newId() }, issues), 422)
  const { link } = wordsOf(c).view
  const ended = await attempt(applicationInput, form, async (typed) => {
    if (actor.kind === 'person') await applyAsPerson(deps, actor, typed, language, publicUrl(c))
    else if (contact?.data) await applyAsVisitor(deps, typed, { name: contact.data.contact, email: contact.data.email }, language, publicUrl(c))
    return actor.kind === 'person' ? `/applications/${typed.id}` : '/apply/sent'
  })
  return 'issues' in ended ? c.html(await page(c, form, ended.issues), statusOf(ended)) : c.redirect(link(ended.done), 303)
})

applyPages.get('/apply/sent', (c) => c.html(<AppliedPage {...wordsOf(c)} />))
