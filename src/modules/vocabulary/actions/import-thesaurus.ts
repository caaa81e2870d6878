import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Actor } from '../../../platform/access/actor.ts'
import type { Database, Scope, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { newId } from '../../../platform/id.ts'
import { logAct } from '../../../platform/log/log.ts'
import type { FileIssue } from '../../../platform/text/csv.ts'
import { mayImport } from '../policy.ts'
import { attachAll, type Decision } from '../rules/attach.ts'
import { examineConcepts } from '../rules/examine.ts'
import { byFile, type Content } from '../rules/reconcile.ts'
import { readThesaurus, type Thesaurus } from '../sheets/thesaurus.ts'
import { insertConcepts, lockVocabulary, readStored, writeContent, type ContentChange, type Stored } from '../store/content.ts'
import { refreshMerges } from '../store/merged.ts'
import { exactMatches, insertMatches, listSchemes, saveScheme } from '../store/schemes.ts'
import { writeConceptSearch } from '../store/search.ts'
import { curatedSpace } from '../store/tables.ts'
import { tellChanged } from './changed.ts'

export type ImportStep = 'read' | 'compared' | 'written'
export type ImportOptions = { key?: string; name?: string; licence?: string; source?: string; dryRun?: boolean }
export type ImportCounts = Record<Decision['why'], number> & { labels: number; unchanged: number }
export type ImportReport = { issues: FileIssue[]; scheme: Thesaurus['scheme']; counts: ImportCounts; doubtful: Pick<Decision, 'key' | 'why' | 'doubts'>[] }

const none: ImportCounts = { known: 0, code: 0, labels: 0, new: 0, unchanged: 0 }

/**
 * Loads a thesaurus from a file, all of it or nothing: a concept that is here already gets its labels, the others are added. A second time, what has not changed writes nothing.
 *
 * @param options.dryRun says what would be done, and writes nothing
 * @returns with `issues`, nothing was written
 */
export async function importThesaurus(
  database: Database,
  actor: Actor,
  path: string,
  options: ImportOptions = {},
  onStep: (step: ImportStep, concepts: number) => void = () => {},
): Promise<ImportReport> {
  if (!mayImport(actor)) throw refuse('forbidden')
  const thesaurus = await readThesaurus(path)
  const { dryRun, ...named } = options
  const scheme = { ...thesaurus.scheme, ...Object.fromEntries(Object.entries(named).filter(([, value]) => value)) }
  if (thesaurus.issues.length > 0) return { issues: thesaurus.issues, scheme, counts: none, doubtful: [] }
  onStep('read', thesaurus.concepts.length)
  if (dryRun) {
    const { decisions } = await database.read(actor, (db) => compare(db, thesaurus, scheme.key))
    return { issues: [], scheme, ...reportOf(decisions, decisions.length) }
  }
  const sha256 = await digestOf(path)
  const report = await database.write(actor, (db) => write(db, thesaurus, scheme, sha256, onStep))
  await database.vacuum()
  return { issues: [], scheme, ...report }
}

async function compare(db: Scope, { concepts, isTermList }: Thesaurus, key: string) {
  const id = (await listSchemes(db)).find((each) => each.key === key)?.id
  const attached = id === undefined ? new Map<string, string>() : await exactMatches(db, id)
  const stored = await readStored(db)
  // What this file said before is no sign that something else is the same.
  const current = (each: Stored) => ({
    id: each.id,
    key: each.key,
    labels: each.labels.filter(({ endedBy }) => endedBy === null),
    codes: each.codes.filter(({ endedBy }) => endedBy === null),
  })
  const decisions = attachAll(concepts, stored.filter(({ state }) => state === 'current').map(current), attached, { scheme: key, isTermList, newId })
  return { decisions, stored: new Map(stored.map((each) => [each.id, each])) }
}

async function write(db: WriteScope, thesaurus: Thesaurus, named: Thesaurus['scheme'], sha256: string, onStep: (step: ImportStep, concepts: number) => void) {
  await lockVocabulary(db)
  const { decisions, stored } = await compare(db, thesaurus, named.key)
  onStep('compared', decisions.length)
  const schemeId = await saveScheme(db, { licence: null, source: null, ...named })
  const fresh = decisions.filter(({ why }) => why === 'new')
  await insertConcepts(
    db,
    fresh.map(({ id, key, imported }) => ({ id: id ?? '', key, area: named.key, schemeId, note: imported.note, noteOrigin: 'imported' as const })),
  )
  const changes = contentChanges(decisions, stored, schemeId, thesaurus.isTermList).filter(({ labels, relations, codes }) =>
    [labels, relations, codes].some(({ add, end }) => add.length + end.length > 0),
  )
  await writeContent(db, changes, { schemeId, origin: 'imported', endedBy: 'file' })
  const known = await exactMatches(db, schemeId)
  await insertMatches(
    db,
    schemeId,
    decisions.filter(({ imported }) => !known.has(imported.uri)).map(({ imported, id }) => ({ uri: imported.uri.slice(0, 500), conceptId: id ?? '' })),
  )
  await refreshMerges(db)
  await writeConceptSearch(db, [...new Set([...changes.map(({ id }) => id), ...fresh.map(({ id }) => id ?? '')])])
  onStep('written', changes.length)
  const report = reportOf(decisions, changes.length)
  if (changes.length > 0) await tellChanged(db)
  await logAct(db, {
    chain: 'network',
    spaceId: curatedSpace,
    verb: 'vocabulary.imported',
    object: { kind: 'scheme', id: schemeId },
    payload: { scheme: named.key, sha256, ...report.counts },
  })
  return report
}

/** The rows that the file asks for. Where a concept stands in its own thesaurus counts for new concepts alone: what is here has its place. @param isPart nothing ends */
function contentChanges(decisions: readonly Decision[], stored: ReadonlyMap<string, Stored>, schemeId: string, isPart: boolean): ContentChange[] {
  const ids = new Map(decisions.map(({ imported, id }) => [imported.uri, id ?? '']))
  const circular = circularUris(decisions)
  const wanted = new Map<string, Content>()
  for (const { imported, id = '', labels } of decisions) {
    const before = stored.get(id)
    const isOwn = before === undefined || before.schemeId === schemeId
    const content = wanted.get(id) ?? { labels: [], relations: [], codes: [] }
    const to = (kind: 'broader' | 'related', uris: readonly string[]) =>
      uris.flatMap((uri) => {
        const targetId = ids.get(uri)
        return targetId === undefined || targetId === id ? [] : [{ kind, targetId }]
      })
    content.labels.push(
      ...labels
        .filter((label) => !content.labels.some(({ language, text }) => language === label.language && text === label.text))
        .map((label) => demoted(label, content)),
    )
    if (isOwn) content.relations.push(...(circular.has(imported.uri) ? [] : to('broader', imported.broader)), ...to('related', imported.related))
    content.codes.push(...imported.codes)
    wanted.set(id, content)
  }
  const changes = [...wanted].map(([id, content]) => ({ id, ...byFile(content, stored.get(id) ?? { labels: [], relations: [], codes: [] }, schemeId) }))
  // A list of terms comes in several files, one for each pair of languages: what one does not say another does.
  return isPart ? changes.map(({ id, labels, relations, codes }) => ({ id, labels: kept(labels), relations: kept(relations), codes: kept(codes) })) : changes
}

const kept = <T>({ add }: { add: T[] }) => ({ add, end: [] as string[] })

/** Of several entries that are one concept, the first says what it is called. */
function demoted(label: Content['labels'][number], { labels }: Content) {
  const isTaken = label.kind === 'preferred' && labels.some(({ language, kind }) => language === label.language && kind === 'preferred')
  return isTaken ? { ...label, kind: 'alternative' as const } : label
}

function circularUris(decisions: readonly Decision[]): Set<string> {
  const drafts = decisions.map(({ imported }) => ({
    key: imported.uri,
    area: imported.uri,
    labels: [],
    broader: imported.broader,
    related: [],
    codes: [],
    note: null,
  }))
  return new Set(examineConcepts(drafts).flatMap(({ kind, key }) => (kind === 'circular' ? [key] : [])))
}

function reportOf(decisions: readonly Decision[], changed: number) {
  const counts = { ...none, unchanged: Math.max(0, decisions.length - changed) }
  for (const { why } of decisions) counts[why]++
  return { counts, doubtful: decisions.filter(({ doubts }) => doubts.length > 0).map(({ key, why, doubts }) => ({ key, why, doubts })) }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part as Buffer)
  return hash.digest('hex')
}
