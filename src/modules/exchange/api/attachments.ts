import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter, idempotencyHeader, json, needs, oneRefusals, readRefusals, writeRefusals } from '../../../platform/http/api.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Ctx } from '../../../platform/http/context.ts'
import { mediaTypeOf } from '../../../platform/files/media-type.ts'
import { fileNameOf } from '../../../platform/text/file-name.ts'
import { attachFiles, detachFile } from '../actions/attachments.ts'
import { attachmentQuery, parts } from '../schema/attachments.ts'
import { listAttachments, readAttachment, type Attachment } from '../store/attachments.ts'
import { readListing } from '../store/listings.ts'
import { actingOf } from './acting.ts'
import { fileAnswer } from '../views/file.ts'

/** The files that a listing carries, for programs: the same checks as on its page, one file a request. */
export const attachmentsApi = apiRouter()

const tags = ['exchange']
const one = z.object({ id: z.uuid() })
const file = one.extend({ attachment: z.uuid() })
const bytes = z.string().openapi({ format: 'binary' })
const answers = { ...writeRefusals, 404: oneRefusals[404], 415: { ...writeRefusals[415], description: 'Not application/octet-stream' } }

const shape = z
  .object({
    id: z.uuid(),
    part: z.enum(parts).describe('confidential: for those only who may read that part'),
    name: z.string(),
    bytes: z.int(),
    media_type: z.string().describe('As its content says'),
    sha256: z.string(),
  })
  .openapi('Attachment')
const all = z.object({ items: z.array(shape).describe('At most ten') })

const present = ({ mediaType, ...rest }: Attachment) => ({ ...rest, media_type: mediaType })

async function listed(c: Ctx, id: string) {
  const files = await c.var.deps.database.read(c.var.actor, async (db) => {
    if (!(await readListing(db, id))) throw refuse('not_found')
    return listAttachments(db, id)
  })
  return { items: files.map(present) }
}

attachmentsApi.openapi(
  createRoute({
    ...needs('exchange:read'),
    method: 'get',
    path: '/listings/{id}/attachments',
    tags,
    summary: 'The files of a listing, as far as whoever asks may read them',
    request: { params: one },
    responses: { 200: json('The files', all), 422: readRefusals[422], ...oneRefusals },
  }),
  async (c) => c.json(await listed(c, c.req.valid('param').id), 200),
)

attachmentsApi.openapi(
  createRoute({
    ...needs('exchange:read'),
    method: 'get',
    path: '/listings/{id}/attachments/{attachment}',
    tags,
    summary: 'One file of a listing',
    request: { params: file },
    responses: {
      200: { description: 'The file as it was sent; Content-Type is its own', content: { 'application/octet-stream': { schema: bytes } } },
      422: readRefusals[422],
      ...oneRefusals,
    },
  }),
  async (c) => {
    const { id, attachment } = c.req.valid('param')
    const { database, files } = c.var.deps
    const found = await database.read(c.var.actor, (db) => readAttachment(db, id, attachment))
    if (!found || !(await files.has(found.sha256))) throw refuse('not_found')
    return fileAnswer(found, files.read(found.sha256))
  },
)

attachmentsApi.openapi(
  createRoute({
    ...needs('exchange:write'),
    method: 'post',
    path: '/listings/{id}/attachments',
    tags,
    summary: 'Attach a file to a draft, or to the confidential part of a listing; the very same a second time changes nothing',
    request: {
      params: one,
      headers: idempotencyHeader,
      query: attachmentQuery.strict(),
      body: { required: true, content: { 'application/octet-stream': { schema: bytes } } },
    },
    responses: { 201: json('All files of the listing', all), ...answers },
  }),
  async (c) => {
    const { id } = c.req.valid('param')
    const { name, part } = c.req.valid('query')
    const content = new Uint8Array(await c.req.arrayBuffer())
    const given = {
      name: fileNameOf(name) || 'file',
      bytes: content.length,
      mediaType: await mediaTypeOf(content),
      stream: async function* () {
        yield content
      },
    }
    await attachFiles(c.var.deps, actingOf(c), id, part, [given])
    return c.json(await listed(c, id), 201)
  },
)

attachmentsApi.openapi(
  createRoute({
    ...needs('exchange:write'),
    method: 'post',
    path: '/listings/{id}/attachments/{attachment}/removal',
    tags,
    summary: 'Take a file of a draft, or of the confidential part, away',
    request: { params: file, headers: idempotencyHeader, body: { required: true, content: { 'application/json': { schema: z.strictObject({}) } } } },
    responses: { 200: json('The files that stay', all), ...writeRefusals, 404: oneRefusals[404] },
  }),
  async (c) => {
    const { id, attachment } = c.req.valid('param')
    await detachFile(c.var.deps.database, actingOf(c), id, attachment)
    return c.json(await listed(c, id), 200)
  },
)
