import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { refuse } from '../../../platform/errors.ts'
import { csvStream } from '../../../platform/download/csv.ts'
import { contentDisposition, mediaTypes } from '../../../platform/download/disposition.ts'
import { jsonArrayStream } from '../../../platform/download/json.ts'
import { everyRow } from '../../../platform/download/pages.ts'
import { TooManyRows, xlsxFile } from '../../../platform/download/xlsx.ts'
import { needs, oneRefusals, readRefusals } from '../../../platform/http/api.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { orKept } from '../actions/or-kept.ts'
import { jsonLd } from '../rules/json-ld.ts'
import { entryFilter, key, plurals, type EntryFilter, type EntryKind } from '../schema.ts'
import { listEntries, type Listed } from '../store/catalogue.ts'
import { readEntry } from '../store/entries.ts'
import { listed } from './shapes.ts'
import { presentListed } from '../views/present.ts'
import { licence, listColumns } from '../views/sheet-columns.ts'

const forms = ['csv', 'xlsx', 'json'] as const
type Form = (typeof forms)[number]

/** Rows fetched at a time. */
const batch = 500
/** A spreadsheet is made in memory, all at once. */
const mostSheetRows = 5000

const query = entryFilter.omit({ cursor: true }).strict()
const tags = ['record']
const listFile = z.object({ licence: z.url(), kind: z.string(), items: z.array(listed) })

/** The whole of a list as a file, and an entry as JSON-LD. */
export function addDownloads(api: OpenAPIHono<Env>, kind: EntryKind) {
  for (const form of forms) {
    api.openapi(
      createRoute({
        ...needs('record:read'),
        method: 'get',
        path: `/record/${plurals[kind]}.${form}`,
        tags,
        summary: `All ${plurals[kind]} that fit the filters, as ${form.toUpperCase()}`,
        request: { query },
        responses: {
          200: {
            description: 'The file',
            content: { [bare(mediaTypes[form])]: { schema: form === 'json' ? listFile : z.string().openapi({ format: 'binary' }) } },
          },
          ...readRefusals,
        },
      }),
      async (c) => download(c, kind, form, { ...c.req.valid('query'), cursor: undefined }),
    )
  }
  api.openapi(
    createRoute({
      ...needs('record:read'),
      method: 'get',
      path: `/record/${plurals[kind]}/{key}/json-ld`,
      tags,
      summary: `One ${kind} in the words of schema.org`,
      request: { params: z.object({ key }) },
      responses: {
        200: { description: 'JSON-LD', content: { 'application/ld+json': { schema: z.looseObject({ '@type': z.string(), '@id': z.string() }) } } },
        ...moved(kind),
        ...oneRefusals,
      },
    }),
    async (c) => {
      const entry = await orKept(c.var.deps.database, c.var.actor, kind, c.req.valid('param').key, (db) => readEntry(db, kind, c.req.valid('param').key))
      if ('keptKey' in entry) return c.redirect(`/api/v1/record/${plurals[kind]}/${entry.keptKey}/json-ld`, 301)
      return c.json(jsonLd(entry, viewOf(c).base), 200, { 'Content-Type': 'application/ld+json' })
    },
  )
}

const toKept = { 301: { description: 'Merged into another organization, at `Location`' } }

/** An organization may be merged into another one. */
export const moved = (kind: EntryKind) => (kind === 'organization' ? toKept : ({} as typeof toKept))

const bare = (mediaType: string) => mediaType.split(';')[0] ?? mediaType

async function download(c: Ctx, kind: EntryKind, form: Form, filter: EntryFilter): Promise<Response> {
  const headers = { 'Content-Type': mediaTypes[form], 'Content-Disposition': contentDisposition(plurals[kind], form), Link: `<${licence}>; rel="license"` }
  const { database } = c.var.deps
  const all = await everyRow((cursor) => database.read(c.var.actor, (db) => listEntries(db, kind, { ...filter, cursor }, batch)))
  if (form === 'json') return c.body(jsonArrayStream({ licence, kind }, presented(all)), 200, headers)
  const columns = listColumns(viewOf(c).base)
  if (form === 'csv') return c.body(csvStream(columns, all, { header: 'key' }), 200, headers)
  try {
    return c.body(await xlsxFile(plurals[kind], columns, all, { maxRows: mostSheetRows }), 200, headers)
  } catch (error) {
    if (error instanceof TooManyRows) throw refuse('download_too_large', { n: mostSheetRows })
    throw error
  }
}

async function* presented(rows: AsyncIterable<Listed>) {
  for await (const row of rows) yield presentListed(row)
}
