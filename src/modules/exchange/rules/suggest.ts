import { foldKey } from '../../../platform/text/fold.ts'

export type SuggestLabel = { concept: string; kind: 'preferred' | 'alternative' | 'hidden'; text: string }
/** Concepts by each of their labels, folded. */
export type LabelIndex = ReadonlyMap<string, readonly string[]>

const [mostWords, mostCharacters, longestText] = [6, 10, 12_000]
const han = /\p{Script=Han}/u

/** Labels as they are looked for in texts: those of one Latin letter or two, and hidden ones, would be found everywhere. */
export function labelIndex(labels: readonly SuggestLabel[]): LabelIndex {
  const index = new Map<string, string[]>()
  for (const { concept, kind, text } of labels) {
    const key = foldKey(text)
    if (kind === 'hidden' || (key.length < 3 && !han.test(key)) || (han.test(key) && key.length < 2)) continue
    const there = index.get(key)
    if (there === undefined) index.set(key, [concept])
    else if (!there.includes(concept)) there.push(concept)
  }
  return index
}

/** The concepts whose labels stand in a text, the longest first and each once; a label within a longer one that was found is passed over. */
export function conceptsIn(text: string, index: LabelIndex, most: number): string[] {
  const folded = foldKey(text.slice(0, longestText))
  const words = folded.split(' ')
  const found: { key: string; length: number; at: number }[] = []
  for (let from = 0; from < words.length; from++) {
    for (let n = Math.min(mostWords, words.length - from); n >= 1; n--) {
      const key = words.slice(from, from + n).join(' ')
      // A language of its own may add a plural.
      const hit = [key, key.replace(/e?s$/, '')].find((each) => index.has(each))
      if (hit === undefined) continue
      found.push({ key: hit, length: hit.length, at: found.length })
      from += n - 1
      break
    }
  }
  const characters = folded.replaceAll(' ', '')
  for (let from = 0; han.test(characters) && from < characters.length; from++) {
    for (let n = Math.min(mostCharacters, characters.length - from); n >= 2; n--) {
      const key = characters.slice(from, from + n)
      if (!han.test(key.charAt(0)) || !index.has(key)) continue
      found.push({ key, length: n * 3, at: found.length })
      from += n - 1
      break
    }
  }
  const best = found.toSorted((a, b) => b.length - a.length || a.at - b.at).flatMap(({ key }) => index.get(key) ?? [])
  return [...new Set(best)].slice(0, most)
}
