import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter, json, listOf, oneRefusals, readRefusals, writeRefusals } from '../../../platform/http/api.ts'
import type { Page } from '../../../platform/db/keyset.ts'
import { suggestCorrection } from '../actions/suggest-correction.ts'
import { agreementFilter, correctionInput, key, organizationFilter, sourceFilter, type EntryKind } from '../schema.ts'
import { listAgreements } from '../store/agreements.ts'
import { countRecord, readEntry, type Entry } from '../store/entries.ts'
import { listOrganizations } from '../store/organizations.ts'
import { listSources, readSource, type Source } from '../store/sources.ts'
import * as shapes from './shapes.ts'

/** `/api/v1/record/…`: the same record as the pages. */
export const recordApi = apiRouter()

const tags = ['record']
const params = z.object({ key })

recordApi.openapi(
  createRoute({ method: 'get', path: '/record/summary', tags, summary: 'How much is on record', responses: { 200: json('Counts by kind', shapes.summary) } }),
  async (c) => c.json({ counts: await c.var.deps.database.read(c.var.actor, countRecord) }, 200),
)

recordApi.openapi(
  createRoute({
    method: 'get',
    path: '/record/organizations',
    tags,
    summary: 'Organizations',
    request: { query: organizationFilter.strict() },
    responses: { 200: json('A page of organizations', listOf(shapes.organization)), ...readRefusals },
  }),
  async (c) => {
    const filter = c.req.valid('query')
    const list = await c.var.deps.database.read(c.var.actor, (db) => listOrganizations(db, filter))
    return c.json(
      page(list, list.total, ({ id, key, kind, country, place, names, acronym, parent }) => ({ id, key, kind, country, place, names, acronym, parent })),
      200,
    )
  },
)

recordApi.openapi(
  createRoute({
    method: 'get',
    path: '/record/agreements',
    tags,
    summary: 'Agreements',
    request: { query: agreementFilter.strict() },
    responses: { 200: json('A page of agreements', listOf(shapes.agreement)), ...readRefusals },
  }),
  async (c) => {
    const filter = c.req.valid('query')
    const list = await c.var.deps.database.read(c.var.actor, (db) => listAgreements(db, filter))
    return c.json(
      page(list, list.total, ({ id, key, kind, status, title, signed, parties }) => ({ id, key, kind, status, title, signed, parties })),
      200,
    )
  },
)

recordApi.openapi(
  createRoute({
    method: 'get',
    path: '/record/sources',
    tags,
    summary: 'Sources',
    request: { query: sourceFilter.strict() },
    responses: { 200: json('A page of sources', listOf(shapes.source)), ...readRefusals },
  }),
  async (c) => {
    const filter = c.req.valid('query')
    const list = await c.var.deps.database.read(c.var.actor, (db) => listSources(db, filter))
    return c.json(page(list, list.total, presentSource), 200)
  },
)

for (const kind of ['organization', 'agreement'] as const satisfies EntryKind[]) {
  recordApi.openapi(
    createRoute({
      method: 'get',
      path: `/record/${kind}s/{key}`,
      tags,
      summary: `One ${kind} with all statements and citations`,
      request: { params },
      responses: { 200: json('The entry', shapes.entry), ...oneRefusals },
    }),
    async (c) => {
      const found = await c.var.deps.database.read(c.var.actor, (db) => readEntry(db, kind, c.req.valid('param').key))
      return c.json(presentEntry(found), 200)
    },
  )
}

recordApi.openapi(
  createRoute({
    method: 'get',
    path: '/record/sources/{key}',
    tags,
    summary: 'One source',
    request: { params },
    responses: { 200: json('The source', shapes.source), ...oneRefusals },
  }),
  async (c) => c.json(presentSource(await c.var.deps.database.read(c.var.actor, (db) => readSource(db, c.req.valid('param').key))), 200),
)

recordApi.openapi(
  createRoute({
    method: 'post',
    path: '/corrections',
    tags,
    summary: 'Say that something is wrong',
    description: 'Sent again with the same id, it stays one.',
    request: { body: { required: true, content: { 'application/json': { schema: correctionInput } } } },
    responses: { 201: json('It has arrived', z.object({ id: z.uuid() })), ...writeRefusals },
  }),
  async (c) => {
    const input = c.req.valid('json')
    await suggestCorrection(c.var.deps.database, c.var.actor, input, c.var.language)
    return c.json({ id: input.id }, 201)
  },
)

const page = <Row, Item>(list: Page<Row>, total: number, present: (row: Row) => Item) => ({
  items: list.rows.map(present),
  total,
  next: list.next ?? null,
  previous: list.previous ?? null,
})

const presentSource = ({ id, key, kind, title, language, publisher, published, url }: Source) => ({ id, key, kind, title, language, publisher, published, url })

const presentEntry = ({ id, kind, key, recorded_at, version, statements, sources }: Entry) => ({
  id,
  kind,
  key,
  recorded_at,
  version,
  statements: statements.map(({ id, field, value, target, language, rank, citations }) => ({
    id,
    field,
    value,
    target: target?.path ?? null,
    language,
    rank,
    citations,
  })),
  sources: sources.map(({ key, kind, title, language, publisher, published, url }) => ({ key, kind, title, language, publisher, published, url })),
})
