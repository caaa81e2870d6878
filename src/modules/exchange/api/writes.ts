import { createRoute, z } from '@hono/zod-openapi'
import { refuse } from '../../../platform/errors.ts'
import { apiRouter, idempotencyHeader, json, needs, oneRefusals, writeRefusals } from '../../../platform/http/api.ts'
import { publicUrl, type Ctx } from '../../../platform/http/context.ts'
import { patchListing } from '../actions/patch.ts'
import { moveListing } from '../actions/review.ts'
import { beginListing } from '../actions/write.ts'
import type { Verb } from '../rules/lifecycle.ts'
import { listingStart } from '../schema/listings.ts'
import { listingPatch, renewalStep, stepInput } from '../schema/patch.ts'
import { readListing } from '../store/listings.ts'
import { presentListing } from '../views/present.ts'
import { actingOf } from './acting.ts'
import * as shapes from './shapes.ts'

/** Writing listings of a member with a key: drafts, and their way to review, publication and end. */
export const writesApi = apiRouter()

const tags = ['exchange']
const one = z.object({ id: z.uuid() })
const body = <S extends z.ZodType>(schema: S) => ({ required: true, content: { 'application/json': { schema } } }) as const
const answers = { ...writeRefusals, 404: oneRefusals[404] }

async function shown(c: Ctx, id: string) {
  const listing = await c.var.deps.database.read(c.var.actor, (db) => readListing(db, id))
  if (!listing) throw refuse('not_found')
  return presentListing(listing)
}

writesApi.openapi(
  createRoute({
    ...needs('exchange:write'),
    method: 'post',
    path: '/listings',
    tags,
    summary: 'Begin an offer or a need: a draft of a member',
    request: { headers: idempotencyHeader, body: body(listingStart.strict()) },
    responses: { 201: json('The draft', shapes.listing), ...answers },
  }),
  async (c) => {
    const input = c.req.valid('json')
    await beginListing(c.var.deps.database, actingOf(c), input)
    return c.json(await shown(c, input.id), 201)
  },
)

writesApi.openapi(
  createRoute({
    ...needs('exchange:write'),
    method: 'patch',
    path: '/listings/{id}',
    tags,
    summary: 'Write fields of a draft anew; whatever is not named stays',
    request: { params: one, body: body(listingPatch) },
    responses: { 200: json('The draft as it is now', shapes.listing), ...answers },
  }),
  async (c) => {
    const { id } = c.req.valid('param')
    await patchListing(c.var.deps.database, actingOf(c), id, c.req.valid('json'))
    return c.json(await shown(c, id), 200)
  },
)

/** Where each step is asked for, below the listing. What the secretariat does is done at its desk. */
const steps: [Verb, string, string, typeof stepInput | typeof renewalStep][] = [
  ['submit', 'submission', 'Send a draft to the review of its own organization', stepInput],
  ['send', 'sending', 'Send it to the secretariat: an admin does, after the own review', stepInput],
  ['recall', 'recall', 'Take it back from a review', stepInput],
  ['withdraw', 'withdrawal', 'Withdraw what is not published', stepInput],
  ['renew', 'renewal', 'Let it hold until a later day', renewalStep],
  ['match', 'match', 'Say that a partner was found', stepInput],
  ['close', 'closure', 'Close what is published', stepInput],
  ['revise', 'revision', 'Take it back to change it; it is reviewed again', stepInput],
]

for (const [verb, noun, summary, schema] of steps)
  writesApi.openapi(
    createRoute({
      ...needs('exchange:write'),
      method: 'post',
      path: `/listings/{id}/${noun}`,
      tags,
      summary,
      request: { params: one, headers: idempotencyHeader, body: body(schema) },
      responses: { 200: json('The listing as it is now', shapes.listing), ...answers },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const { database, secrets } = c.var.deps
      await moveListing({ database, secrets, base: publicUrl(c) }, actingOf(c), id, verb, c.req.valid('json'))
      return c.json(await shown(c, id), 200)
    },
  )
