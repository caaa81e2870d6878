import { createRoute, z } from '@hono/zod-openapi'
import { refuse } from '../errors.ts'
import { apiRouter, json, keyScheme, oneRefusals } from './api.ts'

/** `/api/v1/key`: what the key is that asks. */
export const keyApi = apiRouter()

const key = z
  .object({
    id: z.uuid(),
    name: z.string(),
    owner: z.object({ kind: z.enum(['person', 'organization']), id: z.uuid() }).describe('Whom it acts for'),
    scopes: z.array(z.string()),
    ends_at: z.iso.datetime(),
  })
  .openapi('Key')

keyApi.openapi(
  createRoute({
    method: 'get',
    path: '/key',
    tags: ['keys'],
    summary: 'The key that asks: whose it is, what it reaches, when it ends',
    security: [{ [keyScheme.name]: [] }],
    responses: { 200: json('The key', key), 401: oneRefusals[401], 429: oneRefusals[429] },
  }),
  (c) => {
    const { actor } = c.var
    if (actor.kind !== 'key') throw refuse('key_needed')
    const { id, name, owner, scopes, endsAt } = actor
    return c.json({ id, name, owner, scopes: [...scopes], ends_at: endsAt.toISOString() }, 200)
  },
)
