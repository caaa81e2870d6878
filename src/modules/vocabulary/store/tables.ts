export { curatedSpace, curationSpace } from '../../../platform/spaces.ts'

/** The scheme of the vocabulary that comes with the program; made by the migration. */
export const builtInScheme = '00000000-0000-7000-8000-000000000142'
/** The scheme of what people of this instance add; made by the migration. */
export const ownScheme = '00000000-0000-7000-8000-000000000143'

/** The kind of concepts in the search. */
export const searchKind = 'concept'

/** Rows of a bulk write that go as one JSON parameter. */
const chunkSize = 5000

export function* chunks<T>(rows: readonly T[], size = chunkSize): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}
