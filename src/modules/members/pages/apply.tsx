import { Hono } from 'hono'
import { newId } from '../../../platform/id.ts'
import type { Issue } from '../../../platform/errors.ts'
import { publicUrl, type Ctx, type Env } from '../../../platform/http/context.ts'
import { issuesOf } from '../../../platform/issues.ts'
import { applyAsPerson, applyAsVisitor } from '../actions/apply.ts'
import { applicationInput, contactInput } from '../schema/organizations.ts'
import { listNetworks } from '../store/networks.ts'
import { AppliedPage, ApplyPage } from '../views/apply.tsx'
import { formOf, wordsOf, type Form } from './signed-in.ts'

/** An organization asks to be admitted. */
export const applyPages = new Hono<Env>()

async function page(c: Ctx, typed: Form, issues: readonly Issue[] = []) {
  const networks = await c.var.deps.database.read(c.var.actor, listNetworks)
  return <ApplyPage {...wordsOf(c)} networks={networks} typed={typed} issues={issues} signedIn={c.var.actor.kind === 'person'} />
}

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
  if (actor.kind === 'person') {
    await applyAsPerson(deps, actor, parsed.data, language, publicUrl(c))
    return c.redirect(wordsOf(c).view.link(`/applications/${parsed.data.id}`), 303)
  }
  if (contact?.data) await applyAsVisitor(deps, parsed.data, { name: contact.data.contact, email: contact.data.email }, language, publicUrl(c))
  return c.redirect(wordsOf(c).view.link('/apply/sent'), 303)
})

applyPages.get('/apply/sent', (c) => c.html(<AppliedPage {...wordsOf(c)} />))
