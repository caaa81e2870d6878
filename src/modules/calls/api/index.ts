import { createRoute, z } from '@hono/zod-openapi'
import { refuse } from '../../../platform/errors.ts'
import { apiRouter, json, listOf, needs, oneRefusals, readRefusals } from '../../../platform/http/api.ts'
import { callFilter } from '../schema/calls.ts'
import { readCall } from '../store/calls.ts'
import { listSteps } from '../store/lines.ts'
import { listCalls } from '../store/lists.ts'
import { presentCall, presentListed } from '../views/present.ts'
import * as shapes from './shapes.ts'

/** `/api/v1/calls`: calls for urgent needs as data, as far as whoever asks may read them. */
export const callsApi = apiRouter()

const tags = ['calls']

callsApi.openapi(
  createRoute({
    ...needs('calls:read'),
    method: 'get',
    path: '/calls',
    tags,
    summary: 'Calls for urgent needs: open ones by their last day, past ones the newest first',
    request: { query: callFilter.strict() },
    responses: { 200: json('A page of the list', listOf(shapes.listed)), ...readRefusals },
  }),
  async (c) => {
    const list = await c.var.deps.database.read(c.var.actor, (db) => listCalls(db, c.req.valid('query')))
    return c.json({ items: list.rows.map(presentListed), total: list.total, next: list.next ?? null, previous: list.previous ?? null }, 200)
  },
)

callsApi.openapi(
  createRoute({
    ...needs('calls:read'),
    method: 'get',
    path: '/calls/{id}',
    tags,
    summary: 'One call, with what is needed and how far it has come',
    request: { params: z.object({ id: z.uuid() }) },
    responses: { 200: json('The call', shapes.call), 422: readRefusals[422], ...oneRefusals },
  }),
  async (c) => {
    const found = await c.var.deps.database.read(c.var.actor, async (db) => {
      const call = await readCall(db, c.req.valid('param').id)
      return call && { call, steps: await listSteps(db, call.id) }
    })
    if (!found) throw refuse('not_found')
    return c.json(presentCall(found.call, found.steps), 200)
  },
)
