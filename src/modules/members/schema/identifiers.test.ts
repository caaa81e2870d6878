import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { root } from '../../../platform/root.ts'
import { identifier, type IdentifierField } from './identifiers.ts'

const real: Record<IdentifierField, string[]> = {
  ror: ['00pjdza24', '03yrm5c26', '000bvba82', '0003e4m70', '000025p04'],
  gln: ['4012345000009', '5412345000013', '0614141000012'],
  lei: ['506700GE1G29325QX363', '54930084UKLVMY22DS16', '213800WSGIIZCXF1P572'],
}
const registry = join(root, '..', 'shared', 'standards', '08-ror')
const files = ['ror-v2-cu-cn-vn.jsonl', 'ror-v2-other-2000.jsonl', 'ror-v2-slim-35990.jsonl'].map((name) => join(registry, name)).filter(existsSync)
const inFiles = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/"id":"https:\/\/ror\.org\/(\w+)"/g)].map(([, id]) => id ?? ''))

const alphabets = { ror: '0123456789abcdefghjkmnpqrstvwxyz', gln: '0123456789', lei: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ' }

/** Any identifier of a registry: a body made up, with the check digits that fit it, found by trying all. */
const anyOf = (field: IdentifierField): fc.Arbitrary<string> => {
  const [body, digits] = { ror: [6, 2], gln: [12, 1], lei: [18, 2] }[field] as [number, number]
  return fc.array(fc.constantFrom(...Array.from(alphabets[field])), { minLength: body, maxLength: body }).chain((characters) => {
    const start = `${field === 'ror' ? '0' : ''}${characters.join('')}`
    const fits = Array.from({ length: 10 ** digits }, (_, n) => `${start}${String(n).padStart(digits, '0')}`).filter((each) => identifier(field, each))
    return fits.length === 1 ? fc.constantFrom(...fits) : fc.constant('')
  })
}
const known = (field: IdentifierField) => anyOf(field).filter((id) => id !== '')
const swapped = (id: string, at: number) => id.slice(0, at) + (id[at + 1] ?? '') + (id[at] ?? '') + id.slice(at + 2)
const isDigit = (character: string | undefined) => /^[0-9]$/.test(character ?? '')

describe.each(['ror', 'gln', 'lei'] as const)('%s', (field) => {
  test('real ones are taken, however they are pasted', () => {
    for (const id of real[field]) {
      expect([id, identifier(field, id)]).toEqual([id, id])
      expect(identifier(field, ` ${field === 'gln' ? id.replace(/(.{4})/g, '$1 ') : id.toLowerCase()} \n`)).toBe(id)
    }
  })

  test('any one character changed for another of its kind is refused', () => {
    fc.assert(
      fc.property(known(field), fc.nat(), fc.constantFrom(...Array.from(alphabets[field])), (id, where, other) => {
        const at = where % id.length
        // A letter in place of a digit moves all digits before it, which the standard of the LEI promises nothing about.
        fc.pre(other !== id[at] && (field !== 'lei' || isDigit(other) === isDigit(id[at])))
        expect(identifier(field, id.slice(0, at) + other + id.slice(at + 1))).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })

  test('two neighbours swapped are refused', () => {
    fc.assert(
      fc.property(known(field), fc.nat(), (id, where) => {
        const at = where % (id.length - 1)
        const [one = '', other = ''] = [id[at], id[at + 1]]
        fc.pre(one !== other)
        // Weights of 1 and 3 tell all neighbours apart but those five apart; a letter beside a digit is more than one digit to ISO 7064.
        fc.pre(field !== 'gln' || Math.abs(Number(one) - Number(other)) !== 5)
        fc.pre(field !== 'lei' || isDigit(one) === isDigit(other))
        expect(identifier(field, swapped(id, at))).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })

  test('what is none is not taken', () => {
    for (const text of ['', ' ', '0', 'https://ror.org/', '0000000000000', 'x'.repeat(20), '９'.repeat(13), '００pjdza25'])
      expect([text, identifier(field, text)]).toEqual([text, undefined])
  })
})

test('the forms that registries and people write', () => {
  for (const text of ['https://ror.org/00pjdza24', 'http://www.ror.org/00PJDZA24/', 'ror.org/00pjdza24', 'ror:00pjdza24', '００pjdza24', 'OOpjdza24'])
    expect([text, identifier('ror', text)]).toEqual([text, '00pjdza24'])
  for (const text of ['(414)4012345000009', 'https://id.gs1.org/414/4012345000009', '4012345-00000-9', 'GLN 4012345 00000 9'])
    expect([text, identifier('gln', text)]).toEqual([text, '4012345000009'])
  for (const text of ['5067 00GE 1G29 325Q X363', 'https://search.gleif.org/#/record/506700GE1G29325QX363', 'lei: 506700ge1g29325qx363'])
    expect([text, identifier('lei', text)]).toEqual([text, '506700GE1G29325QX363'])
})

test.skipIf(inFiles.length === 0)('every id of the registry itself is taken, and none with one character changed', () => {
  expect(inFiles.length).toBeGreaterThan(30_000)
  expect(inFiles.filter((id) => identifier('ror', id) !== id)).toEqual([])
  const changed = inFiles.map((id, index) => {
    const at = 1 + (index % 8)
    const alphabet = at > 6 ? alphabets.gln : alphabets.ror
    return id.slice(0, at) + alphabet[(alphabet.indexOf(id[at] ?? '') + 1) % alphabet.length] + id.slice(at + 1)
  })
  expect(changed.filter((id) => identifier('ror', id) !== undefined)).toEqual([])
})
