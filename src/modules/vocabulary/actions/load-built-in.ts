import type { Actor } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { newId } from '../../../platform/id.ts'
import { logAct } from '../../../platform/log/log.ts'
import type { FileIssue } from '../../../platform/text/csv.ts'
import { mayImport } from '../policy.ts'
import type { ConceptDraft } from '../rules/draft.ts'
import { examineConcepts, type Problem, type ProblemKind } from '../rules/examine.ts'
import { byFile, type Content } from '../rules/reconcile.ts'
import { conceptFiles, readArea } from '../sheets/concepts.ts'
import {
  insertConcepts,
  lockVocabulary,
  readStored,
  updateConcepts,
  writeContent,
  type ConceptHead,
  type ContentChange,
  type Stored,
} from '../store/content.ts'
import { refreshMerges } from '../store/merged.ts'
import { loadedFiles, saveLoaded } from '../store/schemes.ts'
import { writeConceptSearch } from '../store/search.ts'
import { builtInScheme, curatedSpace } from '../store/tables.ts'
import { tellChanged } from './changed.ts'

/** What cannot be loaded; the rest is told of by `puente vocabulary check`. */
const hard: ReadonlySet<ProblemKind> = new Set(['key-twice', 'itself', 'circular', 'unknown-concept', 'wrong-code', 'no-preferred', 'no-label'])

export type Loaded = { issues: FileIssue[]; problems: Problem[]; added: number; changed: number; retired: number }

const nothing: Loaded = { issues: [], problems: [], added: 0, changed: 0, retired: 0 }

/**
 * Loads the vocabulary that comes with the program, all of it or nothing; files that are as they were when last loaded cost one query. What the people of the instance
 * have changed since stands (`rules/reconcile.ts`). Whoever calls it sees to a `vacuum` when it has loaded something.
 *
 * @returns with `issues` or `problems`, nothing was written
 */
export async function loadBuiltIn(database: Database, actor: Actor, directory: string, onStep: (concepts: number) => void = () => {}): Promise<Loaded> {
  if (!mayImport(actor)) throw refuse('forbidden')
  const files = await conceptFiles(directory)
  const before = await database.read(actor, loadedFiles)
  if (files.every(({ name, digest }) => before.get(name) === digest)) return nothing
  const sheets = await Promise.all(files.map(({ path }) => readArea(path)))
  const drafts = sheets.flatMap((sheet) => sheet.drafts)
  const [issues, problems] = [sheets.flatMap((sheet) => sheet.issues), examineConcepts(drafts).filter(({ kind }) => hard.has(kind))]
  if (issues.length + problems.length > 0) return { ...nothing, issues, problems }
  onStep(drafts.length)
  return { ...nothing, ...(await database.write(actor, (db) => write(db, drafts, files))) }
}

async function write(db: WriteScope, drafts: readonly ConceptDraft[], files: readonly { name: string; digest: string }[]) {
  await lockVocabulary(db)
  const stored = new Map((await readStored(db)).map((each) => [each.key, each]))
  const fresh = drafts
    .filter(({ key }) => !stored.has(key))
    .map(({ key, area, note }) => ({ id: newId(), key, area, note, schemeId: builtInScheme, noteOrigin: 'built-in' as const }))
  await insertConcepts(db, fresh)
  const ids = new Map([...[...stored.values()].map(({ key, id }): [string, string] => [key, id]), ...fresh.map(({ key, id }): [string, string] => [key, id])])
  const contents = drafts.map((draft) => contentChange(draft, ids, stored.get(draft.key)))
  const heads = [...drafts.flatMap((draft) => headChange(draft, stored.get(draft.key))), ...missing(drafts, stored)]
  const changes = contents.filter(({ labels, relations, codes }) => [labels, relations, codes].some(({ add, end }) => add.length + end.length > 0))
  await updateConcepts(db, heads)
  await writeContent(db, changes, { schemeId: builtInScheme, origin: 'built-in', endedBy: 'file' })
  await refreshMerges(db)
  await writeConceptSearch(db)
  await saveLoaded(db, files)
  const isNew = new Set(fresh.map(({ id }) => id))
  const changed = new Set([...changes, ...heads].map(({ id }) => id).filter((id) => !isNew.has(id)))
  const counts = {
    added: fresh.length,
    changed: changed.size,
    retired: heads.filter(({ state, retiredBy }) => state === 'retired' && retiredBy === 'file').length,
  }
  if (stored.size > 0) await tellChanged(db)
  await logAct(db, { chain: 'network', spaceId: curatedSpace, verb: 'vocabulary.loaded', object: { kind: 'vocabulary' }, payload: { files, ...counts } })
  return counts
}

/** The rows that a file's concept asks for, against those that there are. */
function contentChange(draft: ConceptDraft, ids: ReadonlyMap<string, string>, before: Stored | undefined): ContentChange {
  const target = (kind: 'broader' | 'related') => (key: string) => ({ kind, targetId: ids.get(key) ?? '' })
  const wanted: Content = {
    labels: draft.labels,
    relations: [...draft.broader.map(target('broader')), ...draft.related.map(target('related'))],
    codes: draft.codes,
  }
  return { id: ids.get(draft.key) ?? '', ...byFile(wanted, before ?? { labels: [], relations: [], codes: [] }, builtInScheme) }
}

/** What a newer file changes of the concept itself: what it retired it brings back, what was retired by hand stays retired, and a note written by hand stays. */
function headChange(draft: ConceptDraft, before: Stored | undefined): ConceptHead[] {
  if (!before) return []
  const isBack = before.state === 'retired' && before.retiredBy === 'file'
  const note = before.noteOrigin === 'own' ? before.note : draft.note
  const isSame = !isBack && before.area === draft.area && before.schemeId === builtInScheme && before.note === note
  if (isSame) return []
  const noteOrigin = before.noteOrigin === 'own' ? 'own' : 'built-in'
  return [{ ...before, area: draft.area, schemeId: builtInScheme, note, noteOrigin, ...(isBack && { state: 'current', retiredBy: null }) }]
}

/** What no file holds now is retired, unless somebody here has made it their own. */
function missing(drafts: readonly ConceptDraft[], stored: ReadonlyMap<string, Stored>): ConceptHead[] {
  const keys = new Set(drafts.map(({ key }) => key))
  const isOwn = ({ labels, relations, codes, noteOrigin }: Stored) =>
    noteOrigin === 'own' ||
    [...labels, ...relations, ...codes].some(({ origin, endedBy, fromId }) => origin !== 'built-in' && endedBy === null && fromId === null)
  return [...stored.values()]
    .filter((each) => each.schemeId === builtInScheme && each.state === 'current' && !keys.has(each.key) && !isOwn(each))
    .map((each) => ({ ...each, state: 'retired', retiredBy: 'file' }))
}
