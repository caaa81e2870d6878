import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'

/** What a machine makes of a listing in another language, or that it is being made, or could not be. `isOver`: it may be asked for again. */
export type Translation = { state: 'asked' | 'done' | 'failed'; title: string | null; body: string | null; sought: string | null; isOver: boolean }

/** The translation of what a listing says now. */
export async function readTranslation(db: Scope, listing: string, language: Language): Promise<Translation | undefined> {
  const { rows } = await sql<Translation>`select state, title, body, sought, state = 'failed' and done_at < now() - interval '1 day' as "isOver"
    from exchange.translation where listing_id = ${listing} and language = ${language}`.execute(db)
  return rows[0]
}

/** Asks for a translation of what a listing says now. @returns `false` when somebody has asked already */
export async function insertTranslation(db: WriteScope, listing: string, language: Language): Promise<boolean> {
  const { rows } =
    await sql`insert into exchange.translation as t (listing_id, wording, language) select l.id, l.wording, ${language} from exchange.listing l where l.id = ${listing}
    on conflict (listing_id, wording, language) do update set state = 'asked', asked_at = now() where t.state = 'failed' and t.done_at < now() - interval '1 day' returning 1`.execute(
      db,
    )
  return rows.length > 0
}

export type ToTranslate = { wording: string; original: Language; title: LanguageText; body: LanguageText; sought: LanguageText }

/** What is to be translated into a language, if that still has to be done. */
export async function textsToTranslate(db: Scope, listing: string, language: Language): Promise<ToTranslate | undefined> {
  const { rows } = await sql<ToTranslate>`select * from exchange.to_translate(${listing}, ${language})`.execute(db)
  return rows[0]
}

/** Keeps a translation; without texts, that there is none. */
export async function keepTranslation(
  db: WriteScope,
  of: { listing: string; wording: string; language: Language },
  texts: { title: string; body: string | null; sought: string | null } | undefined,
): Promise<void> {
  const { title = null, body = null, sought = null } = texts ?? {}
  await sql`select exchange.keep_translation(${of.listing}, ${of.wording}, ${of.language}, ${title}, ${body}, ${sought})`.execute(db)
}
