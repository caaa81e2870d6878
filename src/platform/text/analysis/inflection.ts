// The endings that one word takes on as it is bent; what else a stem leaves off makes another word, as "vaccination" is not "vaccine".
const endings = {
  en: new Set(['', 's', 'es', 'e', 'ed', 'ing', 'd', 'y', 'ies', 'ied', 'ying']),
  // Gender is left out: "clínica" is no "clínico".
  es: new Set(['', 's', 'es', 'z', 'ces']),
}

/**
 * Whether two words of one stem are forms of the same word: number, and of English verbs person and tense.
 *
 * @example isInflection('en', 'antibody', 'antibodies') // true
 */
export function isInflection(language: 'en' | 'es', one: string, other: string): boolean {
  let shared = 0
  while (shared < one.length && one[shared] === other[shared]) shared++
  const known = endings[language]
  for (let back = shared; back >= Math.max(2, shared - 2); back--) if (known.has(one.slice(back)) && known.has(other.slice(back))) return true
  return false
}
