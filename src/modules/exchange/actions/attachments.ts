import type { Acting } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import type { FileStore } from '../../../platform/files/files.ts'
import { mayKeepConfidential, mayWrite, sidesOf } from '../policy.ts'
import { issuesOfFiles, type Sent } from '../rules/attachments.ts'
import { largestAttachment, type Part } from '../schema/attachments.ts'
import { endAttachment, insertAttachment, listAttachments, readAttachment, reopen } from '../store/attachments.ts'
import type { Listing } from '../store/listings.ts'
import { logListing } from './log.ts'
import { holdListing, openListing, type Opened } from './open.ts'

export type Given = Sent & { stream: () => AsyncIterable<Uint8Array> }
type Deps = { database: Database; files: FileStore }

const own = { seen: false, byDesk: false }

/**
 * Attaches files to a listing, all of them or none.
 *
 * @throws Refusal `not_found`, `forbidden`, `conflict_stale` when it went to a review meanwhile, `invalid_input` with all that is wrong with each file
 */
export async function attachFiles({ database, files }: Deps, actor: Acting, id: string, part: Part, given: readonly Given[]): Promise<void> {
  // Who may not attach is refused before anything lies on the disk.
  await database.read(actor, async (db) => {
    place(await openListing(db, id), part)
    refuseFiles(given, (await listAttachments(db, id)).length)
  })
  const stored = await Promise.all(
    given.map(async ({ name, mediaType, stream }) => ({
      name,
      file: { ...(await files.put(stream(), { maxBytes: largestAttachment, accept: 'any' })), mediaType },
    })),
  )
  await database.write(actor, async (db) => {
    const opened = await holdListing(db, id)
    const at = place(opened, part)
    refuseFiles(given, (await listAttachments(db, id)).length)
    const added: { id: string; name: string; bytes: number; mediaType: string; sha256: string }[] = []
    for (const { name, file } of stored) {
      const attachment = await insertAttachment(db, { listing: id, part, ...at }, name, file)
      if (attachment !== undefined) added.push({ id: attachment, name, ...file })
    }
    // A second click.
    if (added.length === 0) return
    if (part === 'open') await reopen(db, opened.listing)
    await tell(db, opened.listing, 'attached', part, added)
  })
}

/** Takes a file of a listing away. @throws Refusal `not_found`, `forbidden`, `conflict_stale`, `decided_already` */
export async function detachFile(database: Database, actor: Acting, id: string, attachment: string): Promise<void> {
  await database.write(actor, async (db) => {
    const opened = await holdListing(db, id)
    const there = await readAttachment(db, id, attachment)
    if (!there) throw refuse(sidesOf(opened.hats, opened.listing).has('writer') ? 'decided_already' : 'not_found')
    place(opened, there.part)
    if (!(await endAttachment(db, id, attachment))) throw refuse('decided_already')
    if (there.part === 'open') await reopen(db, opened.listing)
    await tell(db, opened.listing, 'detached', there.part, [there])
  })
}

/** Where a file of a part lies. What is published stays as it was reviewed; the confidential part its people write at any time. */
function place({ listing, hats }: Opened, part: Part): { space: string; keeper: string } {
  const { keeper, people, confidential } = listing
  if (keeper === null || people === null || !mayKeepConfidential(hats, listing)) throw refuse('forbidden')
  if (part === 'open') {
    if (!mayWrite(hats, listing)) throw refuse('conflict_stale')
    return { space: people, keeper }
  }
  if (confidential === null) throw refuse('invalid_input', {}, [{ path: 'part', code: 'not_one_of', params: { values: 'open' } }])
  return { space: confidential.space, keeper }
}

function refuseFiles(given: readonly Sent[], there: number): void {
  const issues = issuesOfFiles(given, there)
  if (issues.length > 0) throw refuse('invalid_input', {}, issues)
}

/** The log is read by more people than the confidential part: of a file there, not even the name stands in it. */
function tell(db: WriteScope, listing: Listing, verb: string, part: Part, files: readonly { id: string; name: string; bytes: number; mediaType: string }[]) {
  const said = files.map(({ id, name, bytes, mediaType }) => ({ id, bytes, mediaType, ...(part === 'open' && { name }) }))
  return logListing(db, listing, own, verb, { part, files: said })
}
