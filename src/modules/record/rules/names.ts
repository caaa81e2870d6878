import { countryName } from '../../../platform/i18n/format.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { foldKey } from '../../../platform/text/fold.ts'

// When two names of organizations are the same name.

/** Whether a name says too little to tell an organization by: capitals in one word, or up to three Han characters. */
export const isAcronym = (name: string): boolean => /^[\p{Lu}\p{N}&./-]{2,12}$/u.test(name) || /^\p{Script=Han}{1,3}$/u.test(name)

/** A name without what stands behind it in parentheses, when that is a country or an acronym: registries tell namesakes apart so. */
export function withoutSuffix(name: string): string | undefined {
  const [, bare, behind] = /^(.+\S)\s*[(（]([^()（）]+)[)）]$/u.exec(name.trim()) ?? []
  if (bare === undefined || behind === undefined) return undefined
  return isAcronym(behind.trim()) || countryNames().has(foldKey(behind)) ? bare : undefined
}

let names: Set<string> | undefined

/** The names of all countries in the four languages, folded. */
function countryNames(): Set<string> {
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
  const codes = letters.flatMap((one) => letters.map((other) => one + other))
  names ??= new Set(
    codes.flatMap((code) => languages.flatMap((language) => (countryName(code, language) === code ? [] : [foldKey(countryName(code, language))]))),
  )
  return names
}

/** A name as its letters are, marks and all, but for case, width and whatever is neither letter nor digit. */
export const marked = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/['\u2018\u2019\u02bc`´]/g, '')
    .replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()

/** Whether a name has a letter that folding takes a mark from. */
export const hasMarks = (name: string): boolean => marked(name) !== foldKey(name)

/** Two names that are equal when folded: also with their marks, written without them on one side, or with others, which makes them other words. */
export function compareMarks(one: string, other: string): 'name' | 'name-without-marks' | 'marks-differ' {
  if (marked(one) === marked(other)) return 'name'
  return hasMarks(one) && hasMarks(other) ? 'marks-differ' : 'name-without-marks'
}

/** What a website is told by: its host and path, without what makes no other site of it. */
export function siteOf(address: string): string | undefined {
  const found = /^(?:https?:\/\/)?(?:www\.)?([^/?#\s:]+\.[^/?#\s:]+)(?::\d+)?([^?#\s]*)/i.exec(address.trim())
  return found?.[1] === undefined ? undefined : (found[1].toLowerCase() + (found[2] ?? '')).replace(/\/(index\.\w+)?$/, '')
}
