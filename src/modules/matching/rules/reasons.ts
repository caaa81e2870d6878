import type { Relations } from '../../vocabulary/index.ts'
import { likenessOf, type Embedding } from './embedding.ts'
import type { Profile } from './weigh.ts'

/** A concept that both listings speak of, with the words of each that led there. */
export type Shared = { key: string; here: string[]; there: string[] }
/** A wider concept under which both fall: by which concepts, with their words. */
export type Wider = { key: string; here: Said[]; there: Said[] }
export type Said = { key: string; words: string[] }
export type Reasons = { shared: Shared[]; wider: Wider[]; names: string[] }

/** From here on it is told: nearer to translations of one text than to any two. */
const leastLikeness = 0.5

/** How alike a model finds two texts, where it is clear enough to be a reason: a weak one, since nobody can check what it goes by. @returns `undefined` elsewhere */
export function tellingLikenessOf(here: Embedding | null, there: Embedding | null): number | undefined {
  const likeness = likenessOf(here, there)
  return likeness !== undefined && likeness >= leastLikeness ? Math.round(likeness * 100) / 100 : undefined
}

const most = { shared: 6, wider: 3, said: 2, names: 5 }

/** What speaks for two listings, most telling first, as a person can check it in the texts. */
export function reasonsOf(here: Profile, there: Profile, relations: Relations): Reasons {
  const telling = Object.keys(here.concepts)
    .filter((key) => key in there.concepts)
    .toSorted((a, b) => product(there, here, b) - product(there, here, a) || (a < b ? -1 : 1))
  const shared = telling.filter((key) => key in here.own && key in there.own)
  // What stands above something that both speak of needs no words of its own.
  const covered = new Set(shared.flatMap((key) => [key, ...relations.above(key).keys(), ...relations.near(key)]))
  const wider: Wider[] = []
  for (const key of telling) {
    if (covered.has(key) || wider.length === most.wider) continue
    const [mine, theirs] = [saidOf(here, key, relations), saidOf(there, key, relations)]
    if (mine.length === 0 || theirs.length === 0) continue
    wider.push({ key, here: mine, there: theirs })
    for (const above of relations.above(key).keys()) covered.add(above)
  }
  const names = Object.keys(here.names)
    .filter((name) => name in there.names && !name.startsWith('~'))
    .toSorted((a, b) => (here.names[b] ?? 0) - (here.names[a] ?? 0) || (a < b ? -1 : 1))
  return {
    shared: shared.slice(0, most.shared).map((key) => ({ key, here: here.own[key] ?? [], there: there.own[key] ?? [] })),
    wider,
    names: names.slice(0, most.names),
  }
}

const product = (a: Profile, b: Profile, key: string) => (a.concepts[key] ?? 0) * (b.concepts[key] ?? 0)

/** The concepts of a listing that are this one, stand below it or beside it. */
function saidOf({ own, concepts }: Profile, key: string, relations: Relations): Said[] {
  return Object.entries(own)
    .filter(([each, words]) => words.length > 0 && (each === key || relations.above(each).has(key) || relations.near(each).includes(key)))
    .toSorted(([a], [b]) => (concepts[b] ?? 0) - (concepts[a] ?? 0) || (a < b ? -1 : 1))
    .slice(0, most.said)
    .map(([each, words]) => ({ key: each, words }))
}

/** Every concept that reasons name, to look up what they are called. */
export const conceptsIn = ({ shared, wider }: Reasons): string[] => [
  ...shared.map(({ key }) => key),
  ...wider.flatMap(({ key, here, there }) => [key, ...here.map((each) => each.key), ...there.map((each) => each.key)]),
]
