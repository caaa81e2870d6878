import { expect, test } from 'vitest'
import { isLookalike } from './lookalike.ts'

test.each([
  ['СІМ', 'CIM'],
  ['ВІОСЕN', 'BIOCEN'],
  ['вiосubafarma', 'BioCubaFarma'],
  ['ЅНАNGНАІ', 'Shanghai'],
  ['ΒΙΟΤΕΧ', 'BIOTEX'],
  ['B1OCEN', 'BlOCEN'],
  ['Bi0cen', 'BIOCEN'],
  ['Biornedica', 'Biomedica'],
  ['Examp1e Bi0centre', 'Example Biocentre'],
])('%s looks like %s', (name, other) => {
  expect([isLookalike(name, other), isLookalike(other, name)]).toEqual([true, true])
})

test.each([
  ['Bệnh viện Ví dụ', 'Benh vien Vi du'],
  ['BIOCEN', 'Biocen, S.A.'],
  ['Viện Vắc-xin', 'Viện Vắc xin'],
  ['Институт биологии', 'Institute of Biology'],
  ['河内示例医院', '河内示例大学'],
  ['CIGB', 'CIM'],
  ['', ''],
])('%s and %s are one, or no two that one mistakes', (name, other) => {
  expect(isLookalike(name, other)).toBe(false)
})
