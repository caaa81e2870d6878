import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldRecoveryCode, newRecoveryCode } from './recovery-codes.ts'
import { totpCodeIn } from './totp.ts'

test('a recovery code is six times four letters, 120 bits, none of which is taken for another, and never the same', () => {
  const codes = Array.from({ length: 500 }, newRecoveryCode)
  for (const code of codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){5}[0-9a-hjkmnp-tv-z]{4}$/)
  expect(new Set(codes).size).toBe(codes.length)
  expect(codes.filter((code) => totpCodeIn(code) !== undefined)).toEqual([])
})

test('however it is copied by hand, it is the same code', () => {
  const spoil = fc.constantFrom<(code: string) => string>(
    (code) => code.toUpperCase(),
    (code) => code.replaceAll('-', ' '),
    (code) => code.replaceAll('-', ''),
    (code) => code.replaceAll('0', 'o').replaceAll('1', 'l'),
    (code) => code.replaceAll('1', 'I').replaceAll('0', 'O'),
    (code) => `  ${code}\n`,
    (code) => code.replaceAll(/[0-9a-z]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
  )
  fc.assert(
    fc.property(fc.array(spoil, { maxLength: 4 }), (spoils) => {
      const code = newRecoveryCode()
      expect(foldRecoveryCode(spoils.reduce((text, each) => each(text), code))).toBe(code.replaceAll('-', ''))
    }),
  )
})

test('folding twice is folding once, whatever was typed', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (typed) => foldRecoveryCode(foldRecoveryCode(typed)) === foldRecoveryCode(typed)))
})
