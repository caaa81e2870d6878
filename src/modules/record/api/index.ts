import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter, idempotencyHeader, json, listOf, needs, oneRefusals, readRefusals, writeRefusals } from '../../../platform/http/api.ts'
import { orKept } from '../actions/or-kept.ts'
import { readEntryAt } from '../actions/read-entry.ts'
import { suggestCorrection } from '../actions/suggest-correction.ts'
import { correctionInput, cursor, entryFilter, entryKinds, key, plurals, sourceFilter, timesFilter } from '../schema.ts'
import { countRecord, listEntries } from '../store/catalogue.ts'
import { listDisputes, readDispute } from '../store/disputes.ts'
import { listSources, readSource } from '../store/sources.ts'
import { addDownloads, moved } from './downloads.ts'
import { presentDispute, presentEntry, presentListed, presentPage, presentSource } from '../views/present.ts'
import * as shapes from './shapes.ts'

/** `/api/v1/record/…`: the same record as the pages. */
export const recordApi = apiRouter()

const tags = ['record']
const params = z.object({ key })

recordApi.openapi(
  createRoute({
    ...needs('record:read'),
    method: 'get',
    path: '/record/summary',
    tags,
    summary: 'How much is on record',
    responses: { 200: json('Counts by kind', shapes.summary) },
  }),
  async (c) => c.json({ counts: await c.var.deps.database.read(c.var.actor, countRecord) }, 200),
)

for (const kind of entryKinds) {
  recordApi.openapi(
    createRoute({
      ...needs('record:read'),
      method: 'get',
      path: `/record/${plurals[kind]}`,
      tags,
      summary: `List of ${plurals[kind]}`,
      request: { query: entryFilter.strict() },
      responses: { 200: json('A page of the list', listOf(shapes.listed)), ...readRefusals },
    }),
    async (c) => {
      const filter = c.req.valid('query')
      const list = await c.var.deps.database.read(c.var.actor, (db) => listEntries(db, kind, filter))
      return c.json(presentPage(list, list.total, presentListed), 200)
    },
  )
  addDownloads(recordApi, kind)
  recordApi.openapi(
    createRoute({
      ...needs('record:read'),
      method: 'get',
      path: `/record/${plurals[kind]}/{key}`,
      tags,
      summary: `One ${kind} with all statements and citations`,
      request: { params, query: timesFilter.strict() },
      responses: { 200: json('The entry', shapes.entry), ...moved(kind), ...oneRefusals, ...readRefusals },
    }),
    async (c) => {
      const times = c.req.valid('query')
      const found = await orKept(c.var.deps.database, c.var.actor, kind, c.req.valid('param').key, (db) =>
        readEntryAt(db, kind, c.req.valid('param').key, times),
      )
      if ('keptKey' in found) return c.redirect(`/api/v1/record/${plurals[kind]}/${found.keptKey}`, 301)
      const { entry, statements } = found
      return c.json(presentEntry(entry, statements), 200)
    },
  )
}

recordApi.openapi(
  createRoute({
    ...needs('record:read'),
    method: 'get',
    path: '/record/disputes',
    tags,
    summary: 'Points on which sources contradict each other, with every side',
    request: { query: z.strictObject({ cursor }) },
    responses: { 200: json('A page of disputes', listOf(shapes.dispute).omit({ total: true })), ...readRefusals },
  }),
  async (c) => {
    const { cursor: from } = c.req.valid('query')
    const page = await c.var.deps.database.read(c.var.actor, (db) => listDisputes(db, from))
    return c.json({ items: page.rows.map(presentDispute), next: page.next ?? null, previous: page.previous ?? null }, 200)
  },
)

recordApi.openapi(
  createRoute({
    ...needs('record:read'),
    method: 'get',
    path: '/record/disputes/{key}',
    tags,
    summary: 'One dispute with every side',
    request: { params },
    responses: { 200: json('The dispute', shapes.dispute), ...oneRefusals },
  }),
  async (c) => c.json(presentDispute(await c.var.deps.database.read(c.var.actor, (db) => readDispute(db, c.req.valid('param').key))), 200),
)

recordApi.openapi(
  createRoute({
    ...needs('record:read'),
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
    return c.json(presentPage(list, list.total, presentSource), 200)
  },
)

recordApi.openapi(
  createRoute({
    ...needs('record:read'),
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
    ...needs('desk:write'),
    method: 'post',
    path: '/corrections',
    tags,
    summary: 'Say that something is wrong',
    description: 'Sent again with the same id, it stays one.',
    request: { headers: idempotencyHeader, body: { required: true, content: { 'application/json': { schema: correctionInput } } } },
    responses: { 201: json('It has arrived', z.object({ id: z.uuid() })), ...writeRefusals },
  }),
  async (c) => {
    const input = c.req.valid('json')
    await suggestCorrection(c.var.deps.database, c.var.actor, input, c.var.language)
    return c.json({ id: input.id }, 201)
  },
)
