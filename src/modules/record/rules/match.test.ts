import { describe, expect, test } from 'vitest'
import { rorRecord } from '../sheets/ror.ts'
import { Matcher, type OrganizationKnown } from './match.ts'
import { compareMarks, isAcronym, siteOf, withoutSuffix } from './names.ts'
import { additions, stateOf } from './registry.ts'

const organization = (key: string, country: string | null, names: string[], more: Partial<OrganizationKnown> = {}): OrganizationKnown => ({
  key,
  country,
  names,
  acronyms: [],
  websites: [],
  founded: [],
  ror: [],
  ...more,
})
const record = (id: string, country: string, names: [string, ...string[]][], more: object = {}) =>
  rorRecord.parse({
    id: `https://ror.org/${id}`,
    status: 'active',
    names: names.map(([value, type = 'label', lang = null]) => ({ value, types: [type], lang })),
    locations: [{ geonames_details: { country_code: country } }],
    admin: { last_modified: { date: '2026-01-29' } },
    ...more,
  })
const [one, other] = ['00pjdza24', '03yrm5c26']

function decided(organizations: OrganizationKnown[], records: ReturnType<typeof record>[]): string[] {
  const matcher = new Matcher(organizations)
  for (const each of records) matcher.add(each)
  return matcher.decide().map(({ organization: { key }, record: { id }, decision, reasons }) => [key, id, decision, ...reasons].join(' '))
}

describe('who is certain', () => {
  const hospital = organization('tudu', 'VN', ['Bệnh viện Từ Dũ'])

  test.each([
    ['marks written on neither side or one', 'VN', 'BENH VIEN TU DU', 'same name-without-marks'],
    ['other case and width', 'VN', 'Ｂệnh  Viện TỪ DŨ', 'same name'],
    ['other marks', 'VN', 'Bệnh viện Tư Du', 'look marks-differ near'],
    ['another country', 'CN', 'Bệnh viện Từ Dũ', 'look name other-country'],
    ['the country behind the name', 'VN', 'Bệnh viện Từ Dũ (Việt Nam)', 'same name-without-country'],
  ])('%s', (_, country, name, told) => {
    expect(decided([hospital], [record(one, country, [[name]])])).toEqual([`tudu ${one} ${told}`])
  })

  test('an acronym, a short name in Han script, a website or an unknown country alone is not', () => {
    const known = organization('x', 'CN', ['Example Institute', '国投'], { acronyms: ['XYZ'], websites: ['http://example.org/'] })
    expect(decided([known], [record(one, 'CN', [['XYZ', 'acronym']])])).toEqual([`x ${one} look acronym`])
    expect(decided([known], [record(one, 'CN', [['国投']])])).toEqual([`x ${one} look acronym`])
    expect(decided([known], [record(one, 'VN', [['XYZ', 'acronym']])])).toEqual([])
    expect(decided([known], [record(one, 'CN', [['Other']], { links: [{ type: 'website', value: 'https://www.example.org' }] })])).toEqual([
      `x ${one} look website`,
    ])
    expect(decided([organization('x', null, ['Example Institute'])], [record(one, 'CN', [['Example Institute']])])).toEqual([`x ${one} look name no-country`])
  })

  test('nor is one of two, on either side; nor whom another ID is on record for', () => {
    const [a, b] = [organization('a', 'CN', ['Example Institute']), organization('b', 'CN', ['Example Institute'])]
    const [first, second] = [record(one, 'CN', [['Example Institute']]), record(other, 'CN', [['Example Institute']])]
    expect(decided([a], [first, second])).toEqual([`a ${one} look name several`, `a ${other} look name several`])
    expect(decided([a, b], [first])).toEqual([`a ${one} look name several`, `b ${one} look name several`])
    expect(decided([{ ...a, ror: [other] }], [first])).toEqual([`a ${one} look name other-ror`])
    expect(decided([{ ...a, ror: [one] }], [first, second])).toEqual([`a ${one} same identifier name`, `a ${other} look name other-ror several`])
    expect(decided([{ ...a, names: ['Otherwise'], ror: [one] }, b], [first])).toEqual([`a ${one} same identifier`, `b ${one} look name taken`])
  })
})

test('what is known is not added again, and marks that were lacking are', () => {
  const known = organization('x', 'VN', ['Benh vien Tu Du', 'Tu Du Hospital'], { websites: ['http://www.example.org/'], founded: ['1923-05'] })
  const said = record(
    one,
    'VN',
    [['Bệnh viện Từ Dũ', 'label', 'vi'], ['TU DU HOSPITAL'], ['Tu Du Hospital (Vietnam)'], ['TDH', 'acronym'], ['TD', 'acronym']],
    {
      established: 1923,
      links: [{ type: 'website', value: 'https://example.org' }],
    },
  )
  expect(additions(known, said).map(({ field, value, language }) => [field, value, language])).toEqual([
    ['ror', one, undefined],
    ['alias', 'Bệnh viện Từ Dũ', 'vi'],
    ['acronym', 'TDH', undefined],
    ['alias', 'TD', undefined],
  ])
  expect(stateOf(known)).toBe(stateOf({ ...known, names: known.names.toReversed() }))
  expect(stateOf(known)).not.toBe(stateOf({ ...known, country: 'CN' }))
})

test('names and addresses', () => {
  expect(['CIM', 'UESTC', '国投', 'Labiofam', '江苏大学', 'A B'].map(isAcronym)).toEqual([true, true, true, false, false, false])
  expect(['Abivax (France)', 'Abivax（法国）', 'Centre (CIM)', 'Centre (old name)', 'Centre'].map(withoutSuffix)).toEqual([
    'Abivax',
    'Abivax',
    'Centre',
    undefined,
    undefined,
  ])
  expect(compareMarks('Camagüey', 'CAMAGUEY')).toBe('name-without-marks')
  expect(['https://www.Example.org/', 'http://example.org:80/index.html', 'example.org', 'https://example.org/a', 'none'].map(siteOf)).toEqual([
    'example.org',
    'example.org',
    'example.org',
    'example.org/a',
    undefined,
  ])
})
