import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter, json, needs, readRefusals } from '../../platform/http/api.ts'
import { languages } from '../../platform/i18n/languages.ts'
import { search } from '../../platform/search/search.ts'
import { hitsPerPage, searchInput, searchKinds } from './schema.ts'

export const atlasApi = apiRouter()

const texts = z.partialRecord(z.enum([...languages, 'original']), z.string())

const found = z
  .object({
    items: z.array(z.object({ id: z.uuid(), kind: z.enum(searchKinds), path: z.string().describe('Path of its page'), title: texts, detail: texts })),
    counts: z.array(z.object({ kind: z.enum(searchKinds), n: z.int() })).describe('Hits by kind, whatever kind was asked for'),
    capped: z.boolean().describe('There are more than 1000 hits; the counts are a part of them'),
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
    const { q, kind, page } = c.req.valid('query')
    const { hits, counts, capped, instead } = await c.var.deps.database.read(c.var.actor, (db) =>
      search(db, q, { kind, offset: (page - 1) * hitsPerPage, limit: hitsPerPage }),
    )
    const kindOf = (text: string) => z.enum(searchKinds).parse(text)
    return c.json(
      {
        items: hits.map(({ objectId, kind, path, title, detail }) => ({ id: objectId, kind: kindOf(kind), path, title, detail })),
        counts: counts.map(({ kind, n }) => ({ kind: kindOf(kind), n })),
        capped,
        instead,
      },
      200,
    )
  },
)
