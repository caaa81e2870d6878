import { Hono } from 'hono'
import type { Person } from '../../../platform/access/actor.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { mediaTypeOf } from '../../../platform/files/media-type.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { fileNameOf } from '../../../platform/text/file-name.ts'
import { attempt, forPerson, idOf, statusOf } from '../../members/index.ts'
import { attachFiles, detachFile, type Given } from '../actions/attachments.ts'
import { openListing } from '../actions/open.ts'
import { mayKeepConfidential, mayWrite } from '../policy.ts'
import { attachmentInput } from '../schema/attachments.ts'
import { listAttachments, readAttachment } from '../store/attachments.ts'
import { AttachmentsPage } from '../views/attachments.tsx'
import { fileAnswer } from '../views/file.ts'
import { wordsOf } from './present.ts'

/** The files that a listing carries: to add and take away, for its people; to download, for whoever sees them. */
export const attachmentPages = new Hono<Env>()

type Shown = { issues?: readonly Issue[]; stale?: boolean; part?: string | undefined }

async function page(c: Ctx, person: Person, { issues = [], stale = false, part }: Shown = {}) {
  const found = await c.var.deps.database.read(person, async (db) => {
    const { listing, hats } = await openListing(db, idOf(c))
    if (!mayKeepConfidential(hats, listing)) throw refuse('forbidden')
    return { listing, isOpen: mayWrite(hats, listing), attachments: await listAttachments(db, listing.id) }
  })
  return <AttachmentsPage {...wordsOf(c)} {...found} issues={issues} stale={stale} part={part} />
}

attachmentPages.get(
  '/listings/:id/attachments',
  forPerson(async (c, person) => c.html(await page(c, person))),
)

attachmentPages.post(
  '/listings/:id/attachments',
  forPerson(async (c, person) => {
    const { files, part } = await c.req.parseBody({ all: true })
    const given = await Promise.all([files].flat().flatMap((file) => (file instanceof File && file.name !== '' ? [sent(file)] : [])))
    const ended = await attempt(attachmentInput, { part }, (input) => attachFiles(c.var.deps, person, idOf(c), input.part, given))
    if ('issues' in ended) return c.html(await page(c, person, { ...ended, part: typeof part === 'string' ? part : undefined }), statusOf(ended))
    return c.redirect(wordsOf(c).view.link(`/listings/${idOf(c)}/attachments`), 303)
  }),
)

async function sent(file: File): Promise<Given> {
  const mediaType = await mediaTypeOf(new Uint8Array(await file.arrayBuffer()))
  return { name: fileNameOf(file.name) || 'file', bytes: file.size, mediaType, stream: () => file.stream() as AsyncIterable<Uint8Array> }
}

attachmentPages.post(
  '/listings/:id/attachments/:attachment/removal',
  forPerson(async (c, person) => {
    await detachFile(c.var.deps.database, person, idOf(c), idOf(c, 'attachment'))
    return c.redirect(wordsOf(c).view.link(`/listings/${idOf(c)}/attachments`), 303)
  }),
)

attachmentPages.get('/listings/:id/attachments/:attachment', async (c) => {
  const { database, files } = c.var.deps
  const file = await database.read(c.var.actor, (db) => readAttachment(db, idOf(c), idOf(c, 'attachment')))
  if (!file || !(await files.has(file.sha256))) throw refuse('not_found')
  return fileAnswer(file, files.read(file.sha256))
})
