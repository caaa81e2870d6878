// How the same word of Latin or Greek is spelled in English and in Spanish: each line makes two spellings one. Whole groups of letters first, endings last.
const spellings: [RegExp, string][] = [
  [/^(?:ps|pn)(?=[aeiou])/, 's'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/rh/g, 'r'],
  [/ch(?=[lr])/g, 'c'],
  [/y/g, 'i'],
  [/k|qu(?=[ei])/g, 'c'],
  [/ae|oe/g, 'e'],
  [/nm/g, 'm'],
  [/([bdf-hj-np-tv-z])\1/g, '$1'],
]
const endings: [RegExp, string][] = [
  [/(?:es|s)$/, ''],
  [/[ts]ion$|cion$/, 'cn'],
  [/log(?:o|a|ist|ista)$/, 'logist'],
  [/logia?$/, 'logi'],
  [/ical?$|ico$|ica$/, 'ic'],
  [/i(?:dad|ti|t)$/, 'it'],
  [/(?:ism|ismo)$/, 'ism'],
  [/ous$|oso$|osa$|ou$/, 'os'],
  [/i[ao]$/, 'i'],
  [/(?<=[b-df-hj-np-tv-z])[aeo]$/, ''],
]

/** Words with fewer letters are alike by chance. */
export const shortestCognate = 6

/**
 * A key that an English word and its Spanish cognate share: not a stem, and no word is to be shown so.
 *
 * @param folded without accents, in lower case
 * @returns the key, or an empty string for a word too short to be told by it
 * @example cognateKey('immunology') === cognateKey('inmunologia')
 */
export function cognateKey(folded: string): string {
  if (folded.length < shortestCognate || folded.length > 40) return ''
  let key = folded
  for (const [pattern, instead] of spellings) key = key.replace(pattern, instead)
  for (const [pattern, instead] of endings) key = key.replace(pattern, instead)
  return key.length < 4 ? '' : key
}
