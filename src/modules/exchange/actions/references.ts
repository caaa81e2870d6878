import type { Scope } from '../../../platform/db/database.ts'
import { today } from '../../../platform/db/days.ts'
import { lastDayIssue } from '../../../platform/day-issue.ts'
import type { Issue } from '../../../platform/errors.ts'
import { conceptNames } from '../../vocabulary/index.ts'
import { asFarAsSound } from '../schema/as-far.ts'
import { textField, type ListingInput } from '../schema/listings.ts'
import { membersNamed } from '../store/named.ts'

/** What is there of all that some listings refer to. */
export type References = { members: ReadonlyMap<string, { id: string; key: string }>; concepts: ReadonlySet<string>; today: string }

const mostNamed = 100
const namesIn = (typed: string | undefined): string[] =>
  [
    ...new Set(
      (typed ?? '')
        .split(/[,;，；]/)
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
  ].slice(0, mostNamed)

/** Looks up what some listings refer to, all at once. */
export async function readReferences(db: Scope, inputs: readonly ListingInput[]): Promise<References> {
  const members = await membersNamed(db, [...new Set(inputs.flatMap(({ hidden_from: typed }) => namesIn(typed)))])
  const concepts = await conceptNames(
    db,
    inputs.flatMap((each) => each.concepts),
    'en',
  )
  return { members: new Map(members.map((each) => [each.typed, each])), concepts: new Set(concepts.keys()), today: await today(db) }
}

/** From whom a listing is hidden; and what it refers to that is not there, or does not fit. @param own the organization whose it is */
export function referred(
  input: ListingInput,
  own: { key: string } | null,
  { members, concepts, today: now }: References,
): { hidden: string[]; issues: Issue[] } {
  const issues: Issue[] = []
  const names = namesIn(input.hidden_from)
  for (const value of names.filter((name) => !members.has(name))) issues.push({ path: 'hidden_from', code: 'unknown_reference', params: { value } })
  const named = names.flatMap((name) => members.get(name) ?? [])
  if (own !== null && named.some(({ key }) => key === own.key)) issues.push({ path: 'hidden_from', code: 'own_organization', params: { value: own.key } })
  const hidden = [...new Set(named.map(({ id }) => id))]
  // Whoever it is hidden from could sign out and read what everybody reads.
  if (hidden.length > 0 && input.audience === 'everybody') issues.push({ path: 'audience', code: 'hidden_needs_network' })
  if (input[textField('title', input.original)] === undefined) issues.push({ path: textField('title', input.original), code: 'required' })
  for (const value of input.concepts.filter((key) => !concepts.has(key))) issues.push({ path: 'concepts', code: 'unknown_reference', params: { value } })
  const late = input.valid_until === undefined ? undefined : lastDayIssue('valid_until', input.valid_until, now)
  if (late !== undefined) issues.push(late)
  return { hidden, issues }
}

/** What else is wrong where something is: of all the rest, what refers to nothing or does not fit. @param typed the fields as the form had them */
export async function issuesBeside(
  db: Scope,
  typed: Readonly<Record<string, unknown>>,
  issues: readonly Issue[],
  own: { key: string } | null,
): Promise<Issue[]> {
  const asFar = issues.length === 0 ? undefined : asFarAsSound(typed, issues)
  if (asFar === undefined) return []
  const wrong = new Set(issues.map(({ path }) => path.split('.')[0]))
  const more = referred(asFar, own, await readReferences(db, [asFar])).issues
  // Without a language nobody knows which title is wanted.
  return more.filter(({ path }) => !wrong.has(path) && !(wrong.has('original') && path.startsWith('title_')))
}
