import type { Actor } from '../../../platform/access/actor.ts'
import type { Database } from '../../../platform/db/database.ts'
import { everyRow } from '../../../platform/download/pages.ts'
import { languages, type Language } from '../../../platform/i18n/languages.ts'
import type { FileIssue } from '../../../platform/text/csv.ts'
import type { ConceptDraft } from '../rules/draft.ts'
import { examineConcepts, type Problem } from '../rules/examine.ts'
import { conceptFiles, readArea } from '../sheets/concepts.ts'
import { listForExport } from '../store/exports.ts'

/** Of an area: its concepts, and how many of them have two labels or more in each language. */
export type AreaSize = { concepts: number; two: Record<Language, number> }
export type Check = { issues: FileIssue[]; problems: Problem[]; areas: Record<string, AreaSize> }

/** Looks whether the vocabulary is sound: the files of a folder, or what is built in and made here. Imported thesauri follow their own rules, and are left out. */
export async function checkVocabulary(database: Database, actor: Actor, folder: string): Promise<Check> {
  const { drafts, issues } = folder === '' ? { drafts: await loadedDrafts(database, actor), issues: [] } : await draftsIn(folder)
  const areas: Record<string, AreaSize> = {}
  for (const { area, labels } of drafts) {
    const size = (areas[area] ??= { concepts: 0, two: { en: 0, es: 0, zh: 0, vi: 0 } })
    size.concepts++
    for (const language of languages) if (labels.filter((label) => label.language === language).length > 1) size.two[language]++
  }
  return { issues, problems: examineConcepts(drafts), areas }
}

async function loadedDrafts(database: Database, actor: Actor): Promise<ConceptDraft[]> {
  const drafts: ConceptDraft[] = []
  const all = await everyRow((cursor) => database.read(actor, (db) => listForExport(db, { cursor, size: 500 })))
  for await (const each of all) if (each.state === 'current' && ['puente', 'own'].includes(each.scheme)) drafts.push(each)
  const keys = new Set(drafts.map(({ key }) => key))
  // What is related to a concept of an imported thesaurus is so for it alone.
  return drafts.map((draft) => ({ ...draft, broader: draft.broader.filter((key) => keys.has(key)), related: draft.related.filter((key) => keys.has(key)) }))
}

async function draftsIn(folder: string): Promise<{ drafts: ConceptDraft[]; issues: FileIssue[] }> {
  const sheets = await Promise.all((await conceptFiles(folder)).map(({ path }) => readArea(path)))
  return { drafts: sheets.flatMap(({ drafts }) => drafts), issues: sheets.flatMap(({ issues }) => issues) }
}
