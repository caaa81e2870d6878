import { newId } from '../id.ts'
import type { Scope, WriteScope } from '../db/database.ts'
import type { StoredFile } from './files.ts'

declare module '../db/tables.ts' {
  interface Tables {
    'app.file': { id: string; space_id: string; sha256: Buffer; bytes: string | number; media_type: string; name: string }
  }
}

/** Says that a space holds a file; nothing happens if it does already under that name. @returns whether it is new */
export async function holdFile(db: WriteScope, spaceId: string, name: string, file: StoredFile): Promise<boolean> {
  const result = await db
    .insertInto('app.file')
    .values({ id: newId(), space_id: spaceId, sha256: Buffer.from(file.sha256, 'hex'), bytes: file.bytes, media_type: file.mediaType, name })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** The file of a space, whether it was held before or not. @returns its id */
export async function heldFile(db: WriteScope, spaceId: string, name: string, file: StoredFile): Promise<string> {
  await holdFile(db, spaceId, name, file)
  const { id } = await db
    .selectFrom('app.file')
    .select('id')
    .where('space_id', '=', spaceId)
    .where('name', '=', name)
    .where('sha256', '=', Buffer.from(file.sha256, 'hex'))
    .executeTakeFirstOrThrow()
  return id
}

/** A file that the actor may read. */
export async function readFile(db: Scope, id: string): Promise<(StoredFile & { name: string }) | undefined> {
  const row = await db.selectFrom('app.file').select(['sha256', 'bytes', 'media_type', 'name']).where('id', '=', id).executeTakeFirst()
  return row && { sha256: row.sha256.toString('hex'), bytes: Number(row.bytes), mediaType: row.media_type, name: row.name }
}
