import type { WriteScope } from '../../../platform/db/database.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import type { Act } from '../../../platform/log/log.ts'
import type { Label } from '../rules/draft.ts'
import { keyOfLabel, labelKey, labelsOfFields, preferredIn } from '../rules/labels.ts'
import { byHand, type Content } from '../rules/reconcile.ts'
import { isCode } from '../rules/registers.ts'
import type { ConceptInput } from '../schema.ts'
import { codeOf, words } from '../sheets/concepts.ts'
import { idsOfKeys } from '../store/concepts.ts'
import { insertConcepts, writeContent, type Stored } from '../store/content.ts'
import { areaBelow, ownersOf, touchedBy, writeNote } from '../store/curation.ts'
import { refreshMerges } from '../store/merged.ts'
import { broaderOf } from '../store/names.ts'
import { writeConceptSearch } from '../store/search.ts'
import { builtInScheme, curatedSpace, ownScheme } from '../store/tables.ts'

export type Wanted = Omit<ConceptInput, 'version'> & { key?: string | undefined }

/**
 * Writes a concept as somebody says it is to be, in the transaction at hand; new if there is none before.
 *
 * @returns its id, its key, and what is left to be logged, last of all
 * @throws Refusal `invalid_input` with all that is wrong with it
 */
export async function writeConcept(
  db: WriteScope,
  wanted: Wanted,
  before: Stored | undefined,
  reason: string | null,
): Promise<{ id: string; key: string; act: Act }> {
  const labels = labelsOfFields(wanted)
  const key = before?.key ?? wanted.key ?? keyOfLabel(preferredIn(labels, 'en') ?? '')
  const named = { broader: words(wanted.broader), related: words(wanted.related) }
  const ids = await idsOfKeys(db, [...named.broader, ...named.related, key])
  const issues = [
    ...labelIssues(labels, before),
    ...(await sharedIssues(db, labels, wanted.note, before?.id)),
    ...(await relationIssues(db, key, named, ids, before)),
    ...words(wanted.codes).flatMap((code): Issue[] =>
      isCode(codeOf(code).register, codeOf(code).code) ? [] : [{ path: 'codes', code: 'wrong_form', params: { value: code } }],
    ),
    ...(before === undefined && ids.has(key) ? [{ path: 'key', code: 'repeated' } as const] : []),
    ...(before === undefined && key === '' ? [{ path: 'key', code: 'required' } as const] : []),
  ]
  if (issues.length > 0) throw refuse('invalid_input', {}, issues)
  const target = (kind: 'broader' | 'related') => (each: string) => ({ kind, targetId: ids.get(each) ?? '' })
  const content: Content = {
    labels,
    relations: [...named.broader.map(target('broader')), ...named.related.map(target('related'))],
    codes: words(wanted.codes).map(codeOf),
  }
  const id = before?.id ?? newId()
  const note = wanted.note === '' ? null : wanted.note
  if (before === undefined) await insertConcepts(db, [{ id, key, area: await areaBelow(db, named.broader), schemeId: ownScheme, note, noteOrigin: 'own' }])
  else await writeNote(db, id, note)
  const change = byHand(content, before ?? { labels: [], relations: [], codes: [] })
  await writeContent(db, [{ id, ...change }], { schemeId: ownScheme, origin: 'own', endedBy: 'curation' })
  await refreshMerges(db)
  await writeConceptSearch(db, await touchedBy(db, [id]))
  const act: Act = {
    chain: 'network',
    spaceId: curatedSpace,
    verb: before === undefined ? 'vocabulary.concept.added' : 'vocabulary.concept.changed',
    object: { kind: 'concept', id },
    payload: { key, reason, note, labels: change.labels, relations: change.relations, codes: change.codes },
  }
  return { id, key, act }
}

/** What is made here has a name in each of the four languages; what was imported need not have. */
function labelIssues(labels: readonly Label[], before: Stored | undefined): Issue[] {
  const isImported = before !== undefined && before.schemeId !== builtInScheme && before.schemeId !== ownScheme
  const missing = languages.filter(
    (language) => preferredIn(labels, language) === undefined && !(isImported && !labels.some((label) => label.language === language)),
  )
  const long = labels.filter(({ text }) => text.length > 200)
  return [
    ...missing.map((path): Issue => ({ path, code: 'required' })),
    ...long.map(({ language }): Issue => ({ path: language, code: 'too_long', params: { n: 200 } })),
    ...languages
      .filter((language) => language !== 'zh' && labels.some((label) => label.language === language && /\p{Script=Han}/u.test(label.text)))
      .map((path): Issue => ({ path, code: 'wrong_form' })),
  ]
}

/** No label means two concepts, unless the notes of both say so. */
async function sharedIssues(db: WriteScope, labels: readonly Label[], note: string, id: string | undefined): Promise<Issue[]> {
  const owners = (await ownersOf(db, labels)).filter((owner) => owner.id !== id)
  const isShared = (text: string | null) => /shared:/.test(text ?? '')
  return labels.flatMap(({ language, text }): Issue[] => {
    const other = owners.find((owner) => owner.language === language && labelKey(owner.text, language) === labelKey(text, language))
    return other === undefined || (isShared(note) && isShared(other.note))
      ? []
      : [{ path: language, code: 'repeated', params: { value: `${text}: ${other.key}` } }]
  })
}

async function relationIssues(
  db: WriteScope,
  key: string,
  { broader, related }: { broader: string[]; related: string[] },
  ids: ReadonlyMap<string, string>,
  before: Stored | undefined,
): Promise<Issue[]> {
  const above = await broaderOf(db, broader)
  const unknown = (path: string, keys: readonly string[]) =>
    keys.filter((each) => !ids.has(each)).map((value): Issue => ({ path, code: 'unknown_reference', params: { value } }))
  const isTop = before !== undefined && before.key === before.area
  return [
    ...unknown('broader', broader),
    ...unknown('related', related),
    ...(broader.some((each) => each === key || above.get(each)?.includes(key)) ? [{ path: 'broader', code: 'circular' } as const] : []),
    ...(related.includes(key) ? [{ path: 'related', code: 'circular' } as const] : []),
    ...(broader.length === 0 && before?.state !== 'retired' && !isTop ? [{ path: 'broader', code: 'required' } as const] : []),
  ]
}
