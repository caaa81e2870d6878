import { createRoute, z } from '@hono/zod-openapi'
import { refuse } from '../../../platform/errors.ts'
import { apiRouter, idempotencyHeader, json, listOf, needs, oneRefusals, readRefusals, writeRefusals } from '../../../platform/http/api.ts'
import { publicUrl, type Ctx } from '../../../platform/http/context.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { readDirectory, readHats } from '../../members/index.ts'
import { decideInterest, expressInterest } from '../actions/interests.ts'
import { acceptanceBody, declineReasons, interestBody, interestQuery, interestStates, refusalBody } from '../schema/interests.ts'
import { stepInput } from '../schema/patch.ts'
import { listInterests, readInterest, type Interest } from '../store/interests.ts'
import { actingOf } from './acting.ts'

/** Interests of a member, sent and received, for programs. What the secretariat does is done at its desk. */
export const interestsApi = apiRouter()

const tags = ['exchange']
const one = z.object({ id: z.uuid() })
const body = <S extends z.ZodType>(schema: S) => ({ required: true, content: { 'application/json': { schema } } }) as const
const answers = { ...writeRefusals, 404: oneRefusals[404] }
const moment = z.iso.datetime()

const shape = z
  .object({
    id: z.uuid(),
    listing: z.uuid().nullable().describe('null: a listing that whoever asks no longer sees'),
    from: z.string().describe('Key of the member that is interested'),
    to: z.string().nullable().describe('Key of the member that answers; null: the secretariat does'),
    state: z.enum(interestStates),
    language: z.enum(languages).describe('The language of the message'),
    message: z.string().nullable(),
    reason: z.enum(declineReasons).nullable().describe('Why it was declined'),
    answer: z.string().nullable(),
    sent_at: moment,
    seen_at: moment.nullable(),
    ended_at: moment.nullable(),
    version: z.int(),
  })
  .openapi('Interest')

const present = ({ id, listing, organization, receiver, state, language, message, reason, answer, version, ...at }: Interest): z.output<typeof shape> => ({
  id,
  listing: listing?.id ?? null,
  from: organization.key,
  to: receiver?.key ?? null,
  state,
  language,
  message,
  reason,
  answer,
  sent_at: at.sentAt.toISOString(),
  seen_at: at.seenAt?.toISOString() ?? null,
  ended_at: at.endedAt?.toISOString() ?? null,
  version,
})

async function shown(c: Ctx, id: string) {
  const interest = await c.var.deps.database.read(c.var.actor, (db) => readInterest(db, id))
  if (!interest) throw refuse('not_found')
  return present(interest)
}

interestsApi.openapi(
  createRoute({
    ...needs('exchange:read'),
    method: 'get',
    path: '/interests',
    tags,
    summary: 'Interests of a member, received or sent, those sent last first',
    request: { query: interestQuery },
    responses: { 200: json('A page of the list', listOf(shape)), ...readRefusals, 404: oneRefusals[404] },
  }),
  async (c) => {
    const { member, side, cursor } = c.req.valid('query')
    const list = await c.var.deps.database.read(c.var.actor, async (db) => {
      const organization = await readDirectory.readOrganization(db, { key: member })
      // Others would get an empty list, and might take it for the truth.
      if (!organization || !(await readHats(db)).organizations.has(organization.id)) throw refuse('not_found')
      return listInterests(db, organization.id, side, cursor)
    })
    return c.json({ items: list.rows.map(present), total: list.total, next: list.next ?? null, previous: list.previous ?? null }, 200)
  },
)

interestsApi.openapi(
  createRoute({
    ...needs('exchange:read'),
    method: 'get',
    path: '/interests/{id}',
    tags,
    summary: 'One interest; that a program reads it does not count as seen',
    request: { params: one },
    responses: { 200: json('The interest', shape), 422: readRefusals[422], ...oneRefusals },
  }),
  async (c) => c.json(await shown(c, c.req.valid('param').id), 200),
)

interestsApi.openapi(
  createRoute({
    ...needs('exchange:write'),
    method: 'post',
    path: '/listings/{id}/interests',
    tags,
    summary: 'Say that a member is interested in a listing',
    request: { params: one, headers: idempotencyHeader, body: body(interestBody) },
    responses: { 201: json('The interest', shape), ...answers },
  }),
  async (c) => {
    const input = c.req.valid('json')
    await expressInterest(c.var.deps.database, actingOf(c), c.req.valid('param').id, input, publicUrl(c))
    return c.json(await shown(c, input.id), 201)
  },
)

/** Where each decision is asked for, below the interest. */
const decisions: [string, Parameters<typeof decideInterest>[3], string, typeof stepInput | typeof acceptanceBody | typeof refusalBody][] = [
  ['acceptance', 'accepted', 'Accept an interest that was received: whoever sent it reads the confidential part of the listing from then on', acceptanceBody],
  ['refusal', 'declined', 'Decline an interest that was received', refusalBody],
  ['withdrawal', 'withdrawn', 'Withdraw an interest that was sent', stepInput],
]

for (const [noun, to, summary, schema] of decisions)
  interestsApi.openapi(
    createRoute({
      ...needs('exchange:write'),
      method: 'post',
      path: `/interests/{id}/${noun}`,
      tags,
      summary,
      request: { params: one, headers: idempotencyHeader, body: body(schema) },
      responses: { 200: json('The interest as it is now', shape), ...answers },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      await decideInterest(c.var.deps.database, actingOf(c), id, to, c.req.valid('json'))
      return c.json(await shown(c, id), 200)
    },
  )
