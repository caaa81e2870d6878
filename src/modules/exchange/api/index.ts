import { createRoute, z } from '@hono/zod-openapi'
import { refuse } from '../../../platform/errors.ts'
import { apiRouter, json, listOf, needs, oneRefusals, readRefusals } from '../../../platform/http/api.ts'
import { listingFilter } from '../schema/listings.ts'
import { listListings } from '../store/lists.ts'
import { readListing } from '../store/listings.ts'
import { presentListed, presentListing } from '../views/present.ts'
import { attachmentsApi } from './attachments.ts'
import { interestsApi } from './interests.ts'
import * as shapes from './shapes.ts'
import { writesApi } from './writes.ts'

/** `/api/v1/listings`: offers and needs as data, as far as whoever asks may read them. */
export const exchangeApi = apiRouter()

const tags = ['exchange']

exchangeApi.openapi(
  createRoute({
    ...needs('exchange:read'),
    method: 'get',
    path: '/listings',
    tags,
    summary: 'Offers and needs, the newest first',
    request: { query: listingFilter.strict() },
    responses: { 200: json('A page of the list', listOf(shapes.listed)), ...readRefusals },
  }),
  async (c) => {
    const list = await c.var.deps.database.read(c.var.actor, (db) => listListings(db, c.req.valid('query')))
    return c.json({ items: list.rows.map(presentListed), total: list.total, next: list.next ?? null, previous: list.previous ?? null }, 200)
  },
)

exchangeApi.openapi(
  createRoute({
    ...needs('exchange:read'),
    method: 'get',
    path: '/listings/{id}',
    tags,
    summary: 'One offer or need',
    request: { params: z.object({ id: z.uuid() }) },
    responses: { 200: json('The listing', shapes.listing), 422: readRefusals[422], ...oneRefusals },
  }),
  async (c) => {
    const listing = await c.var.deps.database.read(c.var.actor, (db) => readListing(db, c.req.valid('param').id))
    if (!listing) throw refuse('not_found')
    return c.json(presentListing(listing), 200)
  },
)

exchangeApi.route('/', writesApi)
exchangeApi.route('/', attachmentsApi)
exchangeApi.route('/', interestsApi)
