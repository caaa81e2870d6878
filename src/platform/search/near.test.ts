import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearKeys, slipsBetween, spellingsOf } from './near.ts'

const letter: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'ñ', 'ü', '𠮷')
const word = fc.array(letter, { minLength: 1, maxLength: 8 })
/** A word and the same with one slip in it. */
const slipped = fc.tuple(word, fc.nat(), letter, fc.constantFrom('more', 'fewer', 'other', 'swapped')).map(([letters, where, other, how]) => {
  const at = where % letters.length
  const [here = '', next = ''] = [letters[at], letters[at + 1]]
  const changed = {
    more: letters.toSpliced(at, 0, other),
    fewer: letters.toSpliced(at, 1),
    other: letters.toSpliced(at, 1, other),
    swapped: letters.toSpliced(at, 2, next, here),
  }[how]
  return [letters.join(''), changed.join('')] as const
})

test('words one slip apart share a key', () => {
  fc.assert(fc.property(slipped, ([one, other]) => nearKeys(one).some((key) => nearKeys(other).includes(key))))
})

test('one slip counts as one at most, the same from both sides, and none only between a word and itself', () => {
  fc.assert(fc.property(slipped, ([one, other]) => slipsBetween(one, other) <= 1 && slipsBetween(one, other) === slipsBetween(other, one)))
  fc.assert(fc.property(word, word, (one, other) => (slipsBetween(one.join(''), other.join('')) === 0) === (one.join('') === other.join(''))))
})

test.each([
  ['biotecnologia', 'biotecnolgia', 1],
  ['biotecnologia', 'biotecnologai', 1],
  ['cuba', 'cuab', 1],
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
])('%s and %s are %d apart', (one, other, slips) => {
  expect(slipsBetween(one, other)).toBe(slips)
})

test('numbers, short words and Han have no spellings; each word of a space has one', () => {
  const names = ['Vin vin 2024 Inmunología 生物技术 inmunologia', 'Inmunologia']
  expect(
    spellingsOf([
      { spaceId: 's', names },
      { spaceId: 't', names: ['Inmunología'] },
    ]).map(({ space_id, word: each }) => `${space_id} ${each}`),
  ).toEqual(['s inmunologia', 't inmunologia'])
})
