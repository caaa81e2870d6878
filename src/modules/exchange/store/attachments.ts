import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { StoredFile } from '../../../platform/files/files.ts'
import { newId } from '../../../platform/id.ts'
import type { Part } from '../schema/attachments.ts'
import type { Listing } from './listings.ts'

export type Attachment = { id: string; part: Part; name: string; bytes: number; mediaType: string; sha256: string }

const columns = sql`a.id, a.part, f.name, f.bytes::float8 as bytes, f.media_type as "mediaType", encode(f.sha256, 'hex') as sha256`
const from = sql`exchange.attachment a join app.file f on f.id = a.file_id where a.ended_at is null and exists (select from exchange.listing l where l.id = a.listing_id)`

/** The files that a listing carries, as far as the actor sees them. */
export async function listAttachments(db: Scope, listing: string): Promise<Attachment[]> {
  const { rows } = await sql<Attachment>`select ${columns} from ${from} and a.listing_id = ${listing} order by a.part desc, a.id limit 100`.execute(db)
  return rows
}

/** One file of a listing that the actor sees. */
export async function readAttachment(db: Scope, listing: string, id: string): Promise<Attachment | undefined> {
  const { rows } = await sql<Attachment>`select ${columns} from ${from} and a.listing_id = ${listing} and a.id = ${id}`.execute(db)
  return rows[0]
}

/** Attaches a file. @returns its id; `undefined` when the listing carries the very same already */
export async function insertAttachment(
  db: WriteScope,
  { listing, space, keeper, part }: { listing: string; space: string; keeper: string; part: Part },
  name: string,
  file: StoredFile,
): Promise<string | undefined> {
  const [id, held] = [newId(), await holdAtKeeper(db, keeper, name, file)]
  const { rows } = await sql`insert into exchange.attachment (id, listing_id, space_id, keeper_id, part, file_id)
    values (${id}, ${listing}, ${space}, ${keeper}, ${part}, ${held}) on conflict do nothing returning id`.execute(db)
  return rows.length > 0 ? id : undefined
}

/** Nobody reads the keeper's space: a file there is seen through what it is attached to, so its id is not asked back after it was made. */
async function holdAtKeeper(db: WriteScope, keeper: string, name: string, { sha256, bytes, mediaType }: StoredFile): Promise<string> {
  const { rows } = await sql<{
    id: string
  }>`select id from app.file where space_id = ${keeper} and name = ${name} and sha256 = decode(${sha256}, 'hex')`.execute(db)
  if (rows[0]) return rows[0].id
  const id = newId()
  await sql`insert into app.file (id, space_id, sha256, bytes, media_type, name) values (${id}, ${keeper}, decode(${sha256}, 'hex'), ${bytes}, ${mediaType}, ${name})`.execute(
    db,
  )
  return id
}

/** Takes a file away. @returns `false` when it was away already */
export async function endAttachment(db: WriteScope, listing: string, id: string): Promise<boolean> {
  const { rows } =
    await sql`update exchange.attachment set ended_at = now() where id = ${id} and listing_id = ${listing} and ended_at is null returning id`.execute(db)
  return rows.length > 0
}

/** What was sent back is a draft again, as with the first word that is changed. */
export async function reopen(db: WriteScope, { id }: Pick<Listing, 'id'>): Promise<void> {
  await sql`update exchange.listing set state = 'draft', changed_at = now(), version = version + 1 where id = ${id} and state = 'returned'`.execute(db)
}
