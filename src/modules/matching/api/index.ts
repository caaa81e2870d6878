import { createRoute, z } from '@hono/zod-openapi'
import { refuse } from '../../../platform/errors.ts'
import { apiRouter, json, listOf, needs, oneRefusals, readRefusals } from '../../../platform/http/api.ts'
import { listedShape, presentListed } from '../../exchange/index.ts'
import { explain } from '../actions/explain.ts'
import { findingKinds } from '../rules/fit.ts'
import { matchFilter, unfitReasons } from '../schema.ts'
import { listMatches, readWanting } from '../store/matches.ts'

/** `/api/v1/listings/{id}/matches`: counterparts as data, with their reasons. */
export const matchingApi = apiRouter()

const words = z.array(z.string())
const said = z.array(z.object({ concept: z.string(), words }))
const match = listedShape
  .extend({
    score: z.number().describe('How well the two go together, from 0 to 1'),
    set_aside: z.enum(unfitReasons).nullable().describe('Why the organization of the reader does not want it, if it said so'),
    shared: z.array(z.object({ concept: z.string(), here: words, there: words })).describe('Concepts that both speak of, with the words that led there'),
    wider: z.array(z.object({ concept: z.string(), here: said, there: said })).describe('Wider concepts under which both fall, with what stands below them'),
    names: words.describe('Codes and figures that stand in both'),
    similar: z
      .object({ model: z.string(), likeness: z.number() })
      .nullable()
      .describe('That a language model finds the two texts alike, from 0.5 to 1: a weaker hint than the rest, which nobody can check'),
    fits: z.array(z.object({ what: z.enum(findingKinds), values: words })).describe('Fields by which they fit'),
    unfit: z.array(z.object({ what: z.enum(findingKinds), values: words })).describe('Fields by which they do not'),
  })
  .openapi('Match')

matchingApi.openapi(
  createRoute({
    ...needs('exchange:read'),
    method: 'get',
    path: '/listings/{id}/matches',
    tags: ['exchange'],
    summary: 'The counterparts of an offer or a need, best first, each with its reasons',
    request: { params: z.object({ id: z.uuid() }), query: matchFilter.strict() },
    responses: { 200: json('A page of the list', listOf(match)), ...readRefusals, ...oneRefusals },
  }),
  async (c) => {
    const { database } = c.var.deps
    const { id } = c.req.valid('param')
    c.set('changesUnlogged', true)
    const list = await database.read(c.var.actor, async (db) => {
      const wanting = await readWanting(db, id)
      if (!wanting) throw refuse('not_found')
      const found = await listMatches(db, id, c.req.valid('query').cursor)
      return { ...found, rows: (await explain(db, wanting, found.rows, c.var.language)).explained }
    })
    const items = list.rows.map(({ reasons, similar, findings, score, aside, ...listed }) => ({
      ...presentListed(listed),
      score,
      set_aside: aside,
      shared: reasons.shared.map(({ key, here, there }) => ({ concept: key, here, there })),
      wider: reasons.wider.map(({ key, here, there }) => ({ concept: key, here: here.map(conceptOf), there: there.map(conceptOf) })),
      names: reasons.names,
      similar,
      fits: findings.filter(({ fits }) => fits).map(({ what, values }) => ({ what, values })),
      unfit: findings.filter(({ fits }) => !fits).map(({ what, values }) => ({ what, values })),
    }))
    return c.json({ items, total: list.total, next: list.next ?? null, previous: list.previous ?? null }, 200)
  },
)

const conceptOf = ({ key, words: ofIt }: { key: string; words: string[] }) => ({ concept: key, words: ofIt })
