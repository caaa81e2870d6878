import { expect, test } from 'vitest'
import { countriesIn } from '../schema/countries.ts'
import { missingIn } from './complete.ts'

test('countries are typed by name in any of the four languages, or by code', () => {
  expect(countriesIn('Cuba, việt nam; 中国、ES，Viet Nam,, cu')).toEqual({ codes: ['CU', 'VN', 'CN', 'ES'], unknown: [] })
  expect(countriesIn('Cuba, Atlantis')).toEqual({ codes: ['CU'], unknown: ['Atlantis'] })
})

test('what is sent to review says enough, and holds until a day that is not over', () => {
  const said = {
    original: 'en',
    title: { en: 'A vaccine' },
    body: { en: 'x'.repeat(40) },
    forms: ['licence'],
    concepts: ['vaccine'],
    validUntil: '2027-01-01',
  } as const
  expect(missingIn(said, '2026-11-22')).toEqual([])
  const empty = { ...said, title: {}, body: {}, forms: [], concepts: [], validUntil: null }
  expect(missingIn(empty, '2026-11-22').map(({ path }) => path)).toEqual(['title_en', 'body_en', 'forms', 'concepts', 'valid_until'])
  expect(missingIn({ ...said, original: 'zh', title: { zh: '疫苗' }, body: { zh: '我们提供一种疫苗的生产技术并且寻找合作伙伴。' } }, '2026-11-22')).toEqual([])
  expect(missingIn({ ...said, validUntil: '2026-11-21' }, '2026-11-22')).toEqual([
    { path: 'valid_until', code: 'day_too_early', params: { day: '2026-11-22' } },
  ])
  expect(missingIn({ ...said, validUntil: '2028-01-01' }, '2026-11-22').map(({ code }) => code)).toEqual(['day_too_late'])
})
