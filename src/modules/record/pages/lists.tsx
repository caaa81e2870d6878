import { Hono } from 'hono'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { parseInput } from '../../../platform/issues.ts'
import { agreementFilter, organizationFilter, sourceFilter } from '../schema.ts'
import { listAgreements } from '../store/agreements.ts'
import { listOrganizations, organizationCountries } from '../store/organizations.ts'
import { listSources, sourceLanguages } from '../store/sources.ts'
import { recordTexts } from '../text/index.ts'
import { AgreementsPage } from '../views/agreements.tsx'
import { OrganizationsPage } from '../views/organizations.tsx'
import { SourcesPage } from '../views/sources.tsx'

/** The lists of the record. */
export const listPages = new Hono<Env>()

listPages.get('/organizations', async (c) => {
  const filter = parseInput(organizationFilter, c.req.query())
  const { list, countries } = await c.var.deps.database.read(c.var.actor, async (db) => ({
    list: await listOrganizations(db, filter),
    countries: await organizationCountries(db),
  }))
  return c.html(<OrganizationsPage {...recordView(c)} filter={filter} countries={countries} list={list} />)
})

listPages.get('/agreements', async (c) => {
  const filter = parseInput(agreementFilter, c.req.query())
  const { list, countries } = await c.var.deps.database.read(c.var.actor, async (db) => ({
    list: await listAgreements(db, filter),
    countries: await organizationCountries(db),
  }))
  return c.html(<AgreementsPage {...recordView(c)} filter={filter} countries={countries} list={list} />)
})

listPages.get('/sources', async (c) => {
  const filter = parseInput(sourceFilter, c.req.query())
  const { list, languages } = await c.var.deps.database.read(c.var.actor, async (db) => ({
    list: await listSources(db, filter),
    languages: await sourceLanguages(db),
  }))
  return c.html(<SourcesPage {...recordView(c)} filter={filter} languages={languages} list={list} />)
})

/** What every view of the record is given. */
export const recordView = (c: Ctx) => ({ view: viewOf(c), say: recordTexts[c.var.language] })
