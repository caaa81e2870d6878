import { createRoute, z } from '@hono/zod-openapi'
import { csvStream } from '../../../platform/download/csv.ts'
import { contentDisposition, mediaTypes } from '../../../platform/download/disposition.ts'
import { jsonArrayStream } from '../../../platform/download/json.ts'
import { everyRow } from '../../../platform/download/pages.ts'
import { refuse } from '../../../platform/errors.ts'
import { apiRouter, idempotencyHeader, json, listOf, needs, oneRefusals, readRefusals, writeRefusals } from '../../../platform/http/api.ts'
import type { Ctx } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { report } from '../actions/reports.ts'
import { reportInput } from '../schema.ts'
import { memberFilter, type MemberFilter } from '../schema/organizations.ts'
import { listMembers } from '../store/directory.ts'
import { readOrganization } from '../store/organizations.ts'
import { memberColumns, presentMember, presentOrganization } from '../views/present.ts'
import * as shapes from './shapes.ts'

/** `/api/v1/members`: the same directory as the pages. */
export const membersApi = apiRouter()

const tags = ['members']
/** Rows fetched at a time. */
const batch = 500

membersApi.openapi(
  createRoute({
    ...needs('members:read'),
    method: 'get',
    path: '/members',
    tags,
    summary: 'The members of the network',
    request: { query: memberFilter.strict() },
    responses: { 200: json('A page of the list', listOf(shapes.member)), ...readRefusals },
  }),
  async (c) => {
    const list = await c.var.deps.database.read(c.var.actor, (db) => listMembers(db, c.req.valid('query')))
    return c.json({ items: list.rows.map(presentMember), total: list.total, next: list.next ?? null, previous: list.previous ?? null }, 200)
  },
)

for (const form of ['csv', 'json'] as const) {
  membersApi.openapi(
    createRoute({
      ...needs('members:read'),
      method: 'get',
      path: `/members.${form}`,
      tags,
      summary: `All members that fit the filters, as ${form.toUpperCase()}`,
      request: { query: memberFilter.omit({ cursor: true }).strict() },
      responses: {
        200: {
          description: 'The file',
          content: {
            [form === 'csv' ? 'text/csv' : 'application/json']: {
              schema: form === 'csv' ? z.string().openapi({ format: 'binary' }) : z.object({ items: z.array(shapes.member) }),
            },
          },
        },
        ...readRefusals,
      },
    }),
    async (c) => download(c, form, { ...c.req.valid('query'), cursor: undefined }),
  )
}

membersApi.openapi(
  createRoute({
    ...needs('members:read'),
    method: 'get',
    path: '/members/{key}',
    tags,
    summary: 'One member, as it describes itself',
    request: { params: z.object({ key: z.string().max(80) }) },
    responses: { 200: json('The member', shapes.organization), ...oneRefusals },
  }),
  async (c) => {
    const organization = await c.var.deps.database.read(c.var.actor, (db) => readOrganization(db, c.req.valid('param')))
    if (!organization) throw refuse('not_found')
    return c.json(presentOrganization(organization, viewOf(c).base), 200)
  },
)

membersApi.openapi(
  createRoute({
    ...needs('desk:write'),
    method: 'post',
    path: '/reports',
    tags: ['desk'],
    summary: 'Report that a public page does harm',
    description: 'Sent again with the same id, it stays one.',
    request: { headers: idempotencyHeader, body: { required: true, content: { 'application/json': { schema: reportInput } } } },
    responses: { 201: json('It has arrived', z.object({ id: z.uuid() })), ...writeRefusals },
  }),
  async (c) => {
    const input = c.req.valid('json')
    await report(c.var.deps.database, c.var.actor, input, c.var.language)
    return c.json({ id: input.id }, 201)
  },
)

async function download(c: Ctx, form: 'csv' | 'json', filter: MemberFilter): Promise<Response> {
  const { database } = c.var.deps
  const rows = await everyRow((cursor) => database.read(c.var.actor, (db) => listMembers(db, { ...filter, cursor }, batch)))
  const headers = { 'Content-Type': mediaTypes[form], 'Content-Disposition': contentDisposition('members', form) }
  if (form === 'csv') return c.body(csvStream(memberColumns(viewOf(c).base), rows, { header: 'key' }), 200, headers)
  return c.body(
    jsonArrayStream(
      { kind: 'member' },
      (async function* () {
        for await (const row of rows) yield presentMember(row)
      })(),
    ),
    200,
    headers,
  )
}
