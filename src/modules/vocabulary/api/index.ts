import { createRoute, z } from '@hono/zod-openapi'
import { byteStream } from '../../../platform/download/bytes.ts'
import { contentDisposition } from '../../../platform/download/disposition.ts'
import { refuse } from '../../../platform/errors.ts'
import { apiRouter, json, listOf, needs, oneRefusals, readRefusals } from '../../../platform/http/api.ts'
import { publicUrl, type Ctx } from '../../../platform/http/context.ts'
import { skosPieces } from '../actions/export-skos.ts'
import { jsonLdOf, turtleOf } from '../rules/skos.ts'
import { conceptFilter } from '../schema.ts'
import { listForExport, type Exported } from '../store/exports.ts'
import { listConcepts } from '../store/lists.ts'
import { licence, presentConcept, presentListed } from '../views/present.ts'
import * as shapes from './shapes.ts'

/** `/api/v1/concepts`: the vocabulary as data. */
export const vocabularyApi = apiRouter()

const tags = ['vocabulary']
// In whatever form: what no key can be is not there.
const params = z.object({ key: z.string().max(200).describe('Key of the concept').openapi({ example: 'monoclonal-antibody' }) })
const turtle = 'text/turtle'
const text = z.string().openapi({ format: 'binary' })

vocabularyApi.openapi(
  createRoute({
    ...needs('vocabulary:read'),
    method: 'get',
    path: '/concepts',
    tags,
    summary: 'Concepts: by words of any language the best first, else by key',
    request: { query: conceptFilter.strict() },
    responses: { 200: json('A page of the list', listOf(shapes.listed)), ...readRefusals },
  }),
  async (c) => {
    const list = await c.var.deps.database.read(c.var.actor, (db) => listConcepts(db, c.req.valid('query')))
    return c.json({ items: list.rows.map(presentListed), total: list.total, next: list.next ?? null, previous: list.previous ?? null }, 200)
  },
)

vocabularyApi.openapi(
  createRoute({
    ...needs('vocabulary:read'),
    method: 'get',
    path: '/concepts.ttl',
    tags,
    summary: 'The whole vocabulary in SKOS, as Turtle',
    request: { query: z.strictObject({}) },
    responses: { 200: { description: 'The file', content: { [turtle]: { schema: text } } }, ...readRefusals },
  }),
  async (c) => {
    const pieces = await skosPieces(c.var.deps.database, c.var.actor, 'turtle', publicUrl(c))
    return c.body(byteStream(pieces), 200, {
      'Content-Type': `${turtle}; charset=utf-8`,
      'Content-Disposition': contentDisposition('concepts', 'ttl'),
      Link: `<${licence}>; rel="license"`,
    })
  },
)

vocabularyApi.openapi(
  createRoute({
    ...needs('vocabulary:read'),
    method: 'get',
    path: '/concepts/{key}',
    tags,
    summary: 'One concept with its labels in all languages',
    request: { params },
    responses: { 200: json('The concept', shapes.concept), ...oneRefusals },
  }),
  async (c) => c.json(presentConcept(await oneOf(c, c.req.valid('param').key)), 200),
)

vocabularyApi.openapi(
  createRoute({
    ...needs('vocabulary:read'),
    method: 'get',
    path: '/concepts/{key}/turtle',
    tags,
    summary: 'One concept in SKOS, as Turtle',
    request: { params },
    responses: { 200: { description: 'Turtle', content: { [turtle]: { schema: text } } }, ...oneRefusals },
  }),
  async (c) => c.body(turtleOf([await oneOf(c, c.req.valid('param').key)], publicUrl(c)), 200, { 'Content-Type': `${turtle}; charset=utf-8` }),
)

vocabularyApi.openapi(
  createRoute({
    ...needs('vocabulary:read'),
    method: 'get',
    path: '/concepts/{key}/json-ld',
    tags,
    summary: 'One concept in the words of SKOS, as JSON-LD',
    request: { params },
    responses: {
      200: { description: 'JSON-LD', content: { 'application/ld+json': { schema: z.looseObject({ '@type': z.string(), '@id': z.string() }) } } },
      ...oneRefusals,
    },
  }),
  async (c) =>
    c.json(jsonLdOf(await oneOf(c, c.req.valid('param').key), publicUrl(c)) as { '@type': string; '@id': string }, 200, {
      'Content-Type': 'application/ld+json',
    }),
)

async function oneOf(c: Ctx, key: string): Promise<Exported> {
  const { rows } = await c.var.deps.database.read(c.var.actor, (db) => listForExport(db, { keys: [key] }))
  const [concept] = rows
  if (!concept) throw refuse('not_found')
  return concept
}
