import { Hono } from 'hono'
import { z } from 'zod'
import { refuse } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { parseInput } from '../../../platform/issues.ts'
import { agreementFilter, key, type AgreementKind } from '../schema.ts'
import { listAgreements } from '../store/agreements.ts'
import { readEntry } from '../store/entries.ts'
import { childOrganizations, organizationCountries } from '../store/organizations.ts'
import { listSupported, readSource } from '../store/sources.ts'
import { AgreementsPage } from '../views/agreements.tsx'
import { EntryPage } from '../views/entry.tsx'
import { OrganizationPage } from '../views/organization.tsx'
import { SourcePage } from '../views/sources.tsx'
import { recordView } from './lists.tsx'

/** One thing of the record on a page. */
export const entryPages = new Hono<Env>()

const newestFirst = agreementFilter.parse({})

entryPages.get('/organizations/:key', async (c) => {
  const found = await c.var.deps.database.read(c.var.actor, async (db) => {
    const entry = await readEntry(db, 'organization', keyOf(c))
    return { entry, children: await childOrganizations(db, entry.id), agreements: await listAgreements(db, newestFirst, entry.id) }
  })
  return c.html(<OrganizationPage {...recordView(c)} {...found} />)
})

entryPages.get('/organizations/:key/agreements', async (c) => {
  const filter = parseInput(agreementFilter, c.req.query())
  const found = await c.var.deps.database.read(c.var.actor, async (db) => {
    const entry = await readEntry(db, 'organization', keyOf(c))
    return { list: await listAgreements(db, filter, entry.id), countries: await organizationCountries(db) }
  })
  return c.html(<AgreementsPage {...recordView(c)} filter={filter} {...found} />)
})

entryPages.get('/agreements/:key', async (c) => {
  const entry = await c.var.deps.database.read(c.var.actor, (db) => readEntry(db, 'agreement', keyOf(c)))
  const { view, say } = recordView(c)
  const kind = entry.statements.find(({ field }) => field === 'kind')?.value as AgreementKind
  return c.html(
    <EntryPage view={view} say={say} entry={entry} list={{ path: '/agreements', title: say('agreements.title') }} badges={[say(`agreement-kind.${kind}`)]} />,
  )
})

entryPages.get('/sources/:key', async (c) => {
  const cursor = parseInput(z.object({ cursor: z.string().max(1000).optional() }), c.req.query()).cursor
  const found = await c.var.deps.database.read(c.var.actor, async (db) => {
    const source = await readSource(db, keyOf(c))
    return { source, supported: await listSupported(db, source.id, cursor) }
  })
  return c.html(<SourcePage {...recordView(c)} {...found} />)
})

/** The key in the address; one in a form that no key has is simply not there. */
function keyOf(c: Ctx): string {
  const parsed = key.safeParse(c.req.param('key'))
  if (!parsed.success) throw refuse('not_found')
  return parsed.data
}
