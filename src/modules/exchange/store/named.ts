import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { searchCall } from '../../../platform/search/search.ts'
import { fold } from '../../../platform/text/fold.ts'
import { membersByKeys } from './listings.ts'

/** A member as somebody named it: `typed` is what they wrote. */
export type NamedMember = { id: string; key: string; typed: string }

/** Members by their keys, or by their names as these are written in any language; what fits none, or several, is left out. */
export async function membersNamed(db: Scope, typed: readonly string[]): Promise<NamedMember[]> {
  const byKey = await membersByKeys(db, typed)
  const named: NamedMember[] = []
  for (const each of typed) {
    const known = byKey.find(({ key }) => key === each)
    const found = known ? [known] : await byName(db, each)
    if (found.length === 1 && found[0]) named.push({ ...found[0], typed: each })
  }
  return named
}

async function byName(db: Scope, name: string): Promise<{ id: string; key: string }[]> {
  const call = await searchCall(db, name, ['member'])
  if (call === undefined) return []
  const { rows } = await sql<{ id: string; key: string; name: LanguageText }>`
    select o.id, o.key, o.name from members.organization o where o.id = any (array(select object_id from ${call}))`.execute(db)
  return rows.filter((row) => Object.values(row.name).some((each) => fold(each) === fold(name)))
}
