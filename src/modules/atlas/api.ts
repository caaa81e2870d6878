import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter, json, needs, readRefusals } from '../../platform/http/api.ts'
import { languages } from '../../platform/i18n/languages.ts'
import { search, type Hit } from '../../platform/search/search.ts'
import { facetsOf, hitsPerPage, searchInput, searchKinds } from './schema.ts'

export const atlasApi = apiRouter()

const texts = z.partialRecord(z.enum([...languages, 'original']), z.string())

const hit = z.object({ id: z.uuid(), kind: z.enum(searchKinds), path: z.string().describe('Path of its page'), title: texts, detail: texts })

const found = z
  .object({
    items: z.array(hit),
    nearest: z.array(hit).describe('On the first page, what has most of it, where fewer than ten have all; not among the counts'),
    counts: z.array(z.object({ kind: z.enum(searchKinds), n: z.int() })).describe('Hits by kind, whatever kind was asked for'),
    facets: z
      .array(z.object({ facet: z.string().describe('Such as `country:CU`, `language:es`, `direction:offer`, `pillar:research`'), n: z.int() }))
      .describe('By what else the hits may be narrowed; each count is what choosing it would leave'),
    total: z.int().describe('Hits that fit all that was asked, up to 1000'),
    capped: z.boolean().describe('There are more than 1000 hits; the counts are a part of them'),
    partly: z.boolean().describe('Nothing has all that was asked for; these have most of it'),
    concepts: z
      .array(z.object({ concept: z.string(), words: z.string() }))
      .describe('Concepts that were understood, by key, and the words that led to them; found in every language'),
    instead: z.array(z.string()).describe('Words looked for in place of mistyped ones, when nothing has them as they were typed'),
  })
  .openapi('Found')

atlasApi.openapi(
  createRoute({
    ...needs('record:read'),
    method: 'get',
    path: '/search',
    tags: ['search'],
    summary: 'Find anything on record by words of any language',
    request: { query: searchInput },
    responses: { 200: json('What was found, best first', found), ...readRefusals },
  }),
  async (c) => {
    const input = c.req.valid('query')
    const { q, kind, page } = input
    const { hits, nearest, counts, facets, total, capped, instead, partly, concepts } = await c.var.deps.database.read(c.var.actor, (db) =>
      search(db, q, { kind, facets: facetsOf(input), offset: (page - 1) * hitsPerPage, limit: hitsPerPage, nearest: true }),
    )
    const kindOf = (text: string) => z.enum(searchKinds).parse(text)
    const itemOf = ({ objectId, kind: own, path, title, detail }: Hit) => ({ id: objectId, kind: kindOf(own), path, title, detail })
    return c.json(
      {
        items: hits.map(itemOf),
        nearest: nearest.map(itemOf),
        counts: counts.map(({ kind, n }) => ({ kind: kindOf(kind), n })),
        facets,
        total,
        capped,
        instead,
        partly,
        concepts: concepts.map(({ key, text }) => ({ concept: key, words: text })),
      },
      200,
    )
  },
)
