import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter, json, writeRefusals } from '../../../platform/http/api.ts'
import { report } from '../actions/reports.ts'
import { reportInput } from '../schema.ts'

/** What programs do with members. */
export const membersApi = apiRouter()

membersApi.openapi(
  createRoute({
    method: 'post',
    path: '/reports',
    tags: ['desk'],
    summary: 'Report that a public page does harm',
    description: 'Sent again with the same id, it stays one.',
    request: { body: { required: true, content: { 'application/json': { schema: reportInput } } } },
    responses: { 201: json('It has arrived', z.object({ id: z.uuid() })), ...writeRefusals },
  }),
  async (c) => {
    const input = c.req.valid('json')
    await report(c.var.deps.database, c.var.actor, input, c.var.language)
    return c.json({ id: input.id }, 201)
  },
)
