import { newId } from '../id.ts'
import type { WriteScope } from '../db/database.ts'
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
