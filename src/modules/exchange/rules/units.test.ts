import { expect, test } from 'vitest'
import { languages } from '../../../platform/i18n/languages.ts'
import { units } from '../schema/terms.ts'
import { unitIn, unitWord, unitWords } from './units.ts'

test('a unit is known by what it is called in any language, and by its code', () => {
  for (const unit of units) {
    expect(unitIn(unit)).toBe(unit)
    for (const language of languages) expect([unit, language, unitIn(` ${unitWord(unit, language).toUpperCase()} `.trim())]).toEqual([unit, language, unit])
  }
  // Without its accents it could be either.
  expect(['lọ', 'lô', 'LÔ', 'lo'].map(unitIn)).toEqual(['{vial}', '{batch}', '{batch}', 'lo'])
  expect(['dosis al año', 'DOSIS AL ANO', 'liều/năm', '剂/年', 'Doses a year'].map(unitIn)).toEqual(Array<string>(5).fill('{dose}/a'))
})

test('no two units are called the same in a language', () => {
  for (const language of languages) expect(new Set(unitWords(language)).size).toBe(units.length)
})

test('what is none of the list stays as it was typed', () => {
  for (const typed of ['million vials a year', 'Frascos de 5 mL', '', 'toString']) expect([unitIn(typed), unitWord(typed, 'es')]).toEqual([typed, typed])
})
