import { languages, type Language } from '../../../platform/i18n/languages.ts'
import { foldKey } from '../../../platform/text/fold.ts'
import { units, type Unit } from '../schema/terms.ts'
import { exchangeTexts } from '../text/index.ts'

/** What each unit is called in any language, with its code. */
const names = units.flatMap((code) =>
  [code, ...languages.map((language) => exchangeTexts[language](`unit.${code}`))].map((name): [string, Unit] => [name, code]),
)

const exactly = (name: string): string => name.normalize('NFC').toLowerCase().trim()
const byName = new Map(names.map(([name, code]) => [exactly(name), code]))
/** Without accents and signs, where that is still one unit: lọ (vials) and lô (batches) are two. */
const byKey = new Map(
  [...Map.groupBy(names, ([name]) => foldKey(name))].flatMap(([key, all]): [string, Unit][] =>
    all[0] !== undefined && new Set(all.map(([, code]) => code)).size === 1 ? [[key, all[0][1]]] : [],
  ),
)

const isUnit = (unit: string): unit is Unit => units.some((code) => code === unit)

/** The code of a unit that somebody typed or chose, in whichever language; what is none of the list stays as it was typed. */
export const unitIn = (typed: string): string => (isUnit(typed) ? typed : (byName.get(exactly(typed)) ?? byKey.get(foldKey(typed)) ?? typed))

/** What a unit is called in a language; what is none of the list, as it was typed. */
export const unitWord = (unit: string, language: Language): string => (isUnit(unit) ? exchangeTexts[language](`unit.${unit}`) : unit)

/** What there is to choose from in a language. */
export const unitWords = (language: Language): string[] => units.map((code) => unitWord(code, language))
