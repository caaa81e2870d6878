import { expect, test } from 'vitest'
import { facts, hasFacts, readRows, recordOf, says, seeds, supporters } from '../support/record.ts'
import { onBothEngines } from '../support/world.ts'

// Every statement of the seed documents, and where the record answers it: the entry, the field and the value.

const mapping = readRows(seeds, 'seed-mapping').map((row) => ({
  statement: row['statement'] ?? '',
  entry: row['entry'] ?? '',
  field: row['field'] ?? '',
  value: row['value'] ?? '',
  note: row['note'] ?? '',
}))
const answered = mapping.filter(({ entry }) => entry !== '')
const seedStatements = hasFacts ? readRows(facts, 'seed_statements') : []

/** Why a statement is no entry of the record. */
const reasons = ['policy position', 'mission', 'source', 'intelligence matter'] as const

test('a statement that the record does not answer says why, and only there', () => {
  const wrong = mapping
    .filter(({ entry }) => entry === '')
    .filter(({ statement, field, value, note }) => {
      const saysWhy = reasons.some((reason) => note.startsWith(`${reason}: `) && note.length > reason.length + 2)
      return !saysWhy || field !== '' || value !== '' || mapping.filter((row) => row.statement === statement).length > 1
    })
  expect(wrong).toEqual([])
})

test('a row that the record answers is whole and stands once', () => {
  expect(answered.filter(({ field, value }) => field === '' || value === '')).toEqual([])
  const names = answered.map(({ statement, entry, field, value }) => [statement, entry, field, value].join(' '))
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

test.skipIf(!hasFacts)('all statements of the seeds are mapped, and none left out that could be answered', () => {
  const wrong = seedStatements.flatMap((seed) => {
    const rows = mapping.filter(({ statement }) => statement === seed['id'])
    if (rows.length === 0) return [`${seed['id']} is missing`]
    const storedAs = reasons.find((reason) => reason === seed['stored_as'])
    if (storedAs !== undefined)
      return rows.every(({ entry, note }) => entry === '' && note.startsWith(`${storedAs}: `)) ? [] : [`${seed['id']} is a ${storedAs}`]
    // Of what is stored as a thing only what concerns intelligence stays out, and the facts flag it.
    const isFlagged = /^sensitive |unconfirmed/.test(seed['capability'] ?? '')
    if (isFlagged) return rows.every(({ entry, note }) => entry === '' && note.startsWith('intelligence matter: ')) ? [] : [`${seed['id']} is flagged`]
    return rows.some(({ entry }) => entry === '') ? [`${seed['id']} is to be answered`] : []
  })
  expect(wrong).toEqual([])
  expect(new Set(mapping.map(({ statement }) => statement))).toEqual(new Set(seedStatements.map(({ id }) => id)))
  expect(seedStatements.filter(({ capability }) => /^sensitive |unconfirmed/.test(capability ?? '')).map(({ id }) => id)).toEqual([
    's-147',
    's-155',
    's-156',
    's-157',
  ])
})

onBothEngines('what the seed documents say', (world) => {
  const record = recordOf(world)

  const statementsFor = async ({ entry, field, value }: (typeof answered)[number]) =>
    (await record.entry(entry)).statements.filter((statement) => statement.field === field && says(statement, value))

  test('is answered row by row, each by a statement that a source supports', async () => {
    const wrong: string[] = []
    for (const row of answered) {
      const found = await statementsFor(row)
      if (!found.some((statement) => supporters(statement).length > 0)) wrong.push(`${row.statement} ${row.entry} ${row.field} ${row.value}`)
    }
    expect(wrong).toEqual([])
  })

  test.skipIf(!hasFacts)('is answered from the document itself, whatever others say of it too', async () => {
    const wrong: string[] = []
    for (const { id = '', seed = '' } of seedStatements) {
      const found = (await Promise.all(answered.filter(({ statement }) => statement === id).map(statementsFor))).flat()
      if (found.length > 0 && !found.some((statement) => supporters(statement).includes(seed))) wrong.push(`${id}: nothing cites ${seed}`)
    }
    expect(wrong).toEqual([])
  })
})
