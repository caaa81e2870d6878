import { languages, type Language } from '../../../platform/i18n/languages.ts'
import type { Code, Label } from './draft.ts'
import { keyOfLabel, looseKey, preferredIn } from './labels.ts'

/** A concept of another thesaurus, others of it named by their addresses. */
export type Imported = { uri: string; key?: string; labels: Label[]; broader: string[]; related: string[]; codes: Code[]; note: string | null }

/** A concept that is here already, as far as it matters whether an imported one is the same. */
export type Known = { id: string; key: string; labels: readonly Label[]; codes: readonly Code[] }

/** `known`: it was attached before; `code`, `labels`: what shows that it is the same; `new`: nothing does. */
export type Decision = { imported: Imported; why: 'known' | 'code' | 'labels' | 'new'; id: string | undefined; key: string; labels: Label[]; doubts: Doubt[] }
/** What somebody should look at: a concept that may be the same, or a label left out since it means another one. */
export type Doubt = { kind: 'may-be' | 'label-of-another'; text: string; other: string }

type Index = { labels: Map<string, Set<string>>; codes: Map<string, Set<string>>; keys: Set<string>; keyOf: Map<string, string>; known: Map<string, Known> }

const codeName = ({ register, code }: Code) => `${register}:${code}`
const nameOf = ({ language, text }: Pick<Label, 'language' | 'text'>) => `${language} ${looseKey(text, language)}`

/**
 * Decides for each concept of another thesaurus whether it is one that is here: by its address, if it was attached before; by a code that both have; or because it is
 * called the same in two languages, or in the only one it has beside others here, while no language says that it is another one. Everything else is new.
 *
 * @param attached which concept here an address is, from imports before
 * @param isTermList several entries may be the same concept, as in a list of terms; else each is one of its own
 */
export function attachAll(
  imported: readonly Imported[],
  here: readonly Known[],
  attached: ReadonlyMap<string, string>,
  { scheme, isTermList, newId }: { scheme: string; isTermList: boolean; newId: () => string },
): Decision[] {
  const index = indexOf(here)
  const taken = new Set<string>()
  return imported.map((each) => {
    const found = attached.get(each.uri)
    const decision = found === undefined ? sameAs(each, index, isTermList ? new Set() : taken) : { id: found, why: 'known' as const, doubts: [] }
    const id = decision.id ?? newId()
    const key = decision.id === undefined ? freeKey(each, index, scheme) : (index.keyOf.get(id) ?? '')
    taken.add(id)
    const fit = fittingLabels(each.labels, id, index, decision.id === undefined)
    add(index, { id, key, labels: fit.labels, codes: decision.id === undefined ? each.codes : [] })
    return { imported: each, why: decision.why, id, key, labels: fit.labels, doubts: [...decision.doubts, ...fit.doubts] }
  })
}

function indexOf(here: readonly Known[]): Index {
  const index: Index = { labels: new Map(), codes: new Map(), keys: new Set(), keyOf: new Map(), known: new Map() }
  for (const each of here) add(index, each)
  return index
}

function add({ labels, codes, keys, keyOf, known }: Index, concept: Known) {
  const put = (map: Map<string, Set<string>>, name: string) => map.set(name, (map.get(name) ?? new Set()).add(concept.id))
  for (const label of concept.labels) put(labels, nameOf(label))
  for (const code of concept.codes) put(codes, codeName(code))
  keys.add(concept.key)
  keyOf.set(concept.id, concept.key)
  if (!known.has(concept.id)) known.set(concept.id, concept)
}

function sameAs({ labels, codes }: Imported, index: Index, taken: ReadonlySet<string>): Pick<Decision, 'id' | 'why' | 'doubts'> {
  const byCode = new Set(codes.flatMap((code) => [...(index.codes.get(codeName(code)) ?? [])]))
  const [only] = byCode
  if (byCode.size === 1 && only !== undefined && !taken.has(only)) return { id: only, why: 'code', doubts: [] }
  const votes = new Map<string, Set<Language>>()
  const called = languages.filter((language) => preferredIn(labels, language) !== undefined)
  for (const language of called)
    for (const id of index.labels.get(nameOf({ language, text: preferredIn(labels, language) ?? '' })) ?? [])
      votes.set(id, (votes.get(id) ?? new Set()).add(language))
  const ranked = [...votes].toSorted(([, a], [, b]) => b.size - a.size)
  const [best, second] = ranked
  const isSure =
    best !== undefined && best[1].size >= 2 && ![...(second?.[1] ?? [])].some((language) => !best[1].has(language)) && second?.[1].size !== best[1].size
  if (isSure && !taken.has(best[0])) return { id: best[0], why: 'labels', doubts: [] }
  const doubts = ranked.map(([id, said]): Doubt => ({
    kind: 'may-be',
    text: [...said].map((language) => preferredIn(labels, language) ?? '').join(' · '),
    other: index.keyOf.get(id) ?? '',
  }))
  return { id: undefined, why: 'new', doubts }
}

/** The labels that the concept gets: not those that mean another one already, but what a new concept is called. */
function fittingLabels(labels: readonly Label[], id: string, index: Index, isNew: boolean): { labels: Label[]; doubts: Doubt[] } {
  const kept: Label[] = []
  const doubts: Doubt[] = []
  const own = new Set<string>((index.known.get(id)?.labels ?? []).map((label) => `${label.language} ${label.text}`))
  for (const label of labels) {
    const owners = index.labels.get(nameOf(label)) ?? new Set()
    if (own.has(`${label.language} ${label.text}`)) kept.push(label)
    else if (owners.has(id)) continue
    else if (owners.size === 0 || (isNew && label.kind === 'preferred')) kept.push(label)
    else doubts.push({ kind: 'label-of-another', text: `${label.language} ${label.text}`, other: index.keyOf.get([...owners][0] ?? '') ?? '' })
  }
  return { labels: kept, doubts }
}

function freeKey({ key, labels }: Imported, { keys }: Index, scheme: string): string {
  const name = key ?? (keyOfLabel(preferredIn(labels, 'en') ?? preferredIn(labels, 'es') ?? preferredIn(labels, 'vi') ?? '') || scheme)
  if (!keys.has(name)) return name
  for (let n = 1; ; n++) {
    const tried = n === 1 && name !== scheme ? `${name}-${scheme}`.slice(0, 115) : `${name.slice(0, 100)}-${n}`
    if (!keys.has(tried)) return tried
  }
}
