// The endings that one word takes on as it is bent; what else a stem leaves off makes another word, as "vaccination" is not "vaccine".
const endings = {
  // Without -ing, which makes nouns of their own: "marketing" is no market.
  en: new Set(['', 's', 'es', 'e', 'ed', 'd', 'y', 'ies', 'ied']),
  // Gender is left out: "clínica" is no "clínico".
  es: new Set(['', 's', 'es', 'z', 'ces']),
}

const bent = {
  en: new Set([...endings.en, 'ing', 'ying']),
  es: new Set([...endings.es, 'a', 'o', 'e', 'as', 'os', 'ado', 'ada', 'ados', 'adas', 'ido', 'ida', 'idos', 'idas']),
}

/**
 * Whether two words of one stem are forms of the same word: number, and of English verbs the past.
 *
 * @example isInflection('en', 'antibody', 'antibodies') // true
 */
export const isInflection = (language: 'en' | 'es', one: string, other: string): boolean => end(endings[language], one, other)

/** As `isInflection`, with the endings too that a word of a longer name may have: gender in Spanish, -ing in English. */
export const isBent = (language: 'en' | 'es', one: string, other: string): boolean => end(bent[language], one, other)

/** Whether two words differ by these endings only; what they share may end a letter or two before, as in "antibod-y" and "luz". */
function end(known: ReadonlySet<string>, one: string, other: string): boolean {
  let shared = 0
  while (shared < one.length && one[shared] === other[shared]) shared++
  for (let back = shared; back >= Math.max(2, shared - 2); back--) if (known.has(one.slice(back)) && known.has(other.slice(back))) return true
  return false
}
