import type { Person } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { languages, type LanguageText } from '../../../platform/i18n/languages.ts'
import { readDirectory, readHats } from '../../members/index.ts'
import { broaderOf, conceptNames } from '../../vocabulary/index.ts'
import { mayWrite, mayWriteFor, sidesOf } from '../policy.ts'
import { dayIssue } from '../rules/complete.ts'
import { textField, type ListingInput, type ListingStart } from '../schema/listings.ts'
import { writeConcepts } from '../store/concepts.ts'
import { insertListing, membersByKeys, readListing, today, writeContent, writeHiding, type Content, type Listing } from '../store/listings.ts'
import { logListing } from './log.ts'
import { holdListing } from './open.ts'

/** Begins a listing as a draft of its organization. A second click makes nothing new. @throws Refusal `not_found`, `forbidden` */
export async function beginListing(database: Database, person: Person, { id, member, direction, pillar, original, title }: ListingStart): Promise<void> {
  await database.write(person, async (db) => {
    const organization = await readDirectory.readOrganization(db, { key: member })
    if (!organization) throw refuse('invalid_input', {}, [{ path: 'member', code: 'unknown_reference', params: { value: member } }])
    if (!mayWriteFor(await readHats(db), organization.id)) throw refuse('forbidden')
    if (await readListing(db, id)) return
    const start = { id, direction, pillar, original, title: { [original]: title } }
    await insertListing(db, organization, start)
    await logListing(
      db,
      { id, space: '', isPublic: false, people: organization.people, desk: organization.desk, organization },
      { seen: false, byDesk: false },
      'begun',
      start,
    )
  })
}

/** Writes a listing, whole. @throws Refusal `not_found`, `forbidden`, `conflict_stale`, `invalid_input` with all that refers to nothing */
export async function changeListing(database: Database, person: Person, id: string, input: ListingInput): Promise<void> {
  await database.write(person, async (db) => {
    const { listing, hats } = await holdListing(db, id)
    if (!mayWrite(hats, listing)) throw refuse(sidesOf(hats, listing).has('writer') ? 'conflict_stale' : 'forbidden')
    const { hidden, issues } = await referred(db, listing, input)
    if (issues.length > 0) throw refuse('invalid_input', {}, issues)
    const content = contentOf(input)
    const isPublic = input.audience === 'everybody'
    // At no moment is something for everybody hidden from somebody: the database refuses that.
    if (isPublic) await writeHiding(db, id, [])
    if (!(await writeContent(db, listing, input.version, { ...content, isPublic }))) throw refuse('conflict_stale')
    if (!isPublic) await writeHiding(db, id, hidden)
    const above = [...(await broaderOf(db, input.concepts)).values()].flat()
    await writeConcepts(db, id, input.concepts, above)
    const payload = { ...content, audience: input.audience, hiddenFrom: hidden, concepts: input.concepts }
    await logListing(db, listing, { seen: false, byDesk: false }, 'changed', payload)
  })
}

const keysIn = (typed: string | undefined): string[] => [...new Set((typed ?? '').split(/[\s,;，；]+/).filter((key) => key !== ''))]

/** What the fields refer to, and which of it is not there, or does not fit. */
async function referred(db: WriteScope, listing: Listing, input: ListingInput): Promise<{ hidden: string[]; issues: Issue[] }> {
  const issues: Issue[] = []
  const keys = keysIn(input.hidden_from)
  const found = await membersByKeys(db, keys)
  for (const value of keys.filter((key) => !found.some((each) => each.key === key)))
    issues.push({ path: 'hidden_from', code: 'unknown_reference', params: { value } })
  if (found.some((each) => each.id === listing.organization?.id))
    issues.push({ path: 'hidden_from', code: 'circular', params: { value: listing.organization?.key ?? '' } })
  // Whoever it is hidden from could sign out and read what everybody reads.
  if (found.length > 0 && input.audience === 'everybody') issues.push({ path: 'audience', code: 'not_one_of', params: { values: 'network' } })
  if (input[textField('title', input.original)] === undefined) issues.push({ path: textField('title', input.original), code: 'required' })
  const known = await conceptNames(db, input.concepts, input.original)
  for (const value of input.concepts.filter((key) => !known.has(key))) issues.push({ path: 'concepts', code: 'unknown_reference', params: { value } })
  const late = input.valid_until === undefined ? undefined : dayIssue(input.valid_until, await today(db))
  if (late !== undefined) issues.push({ path: 'valid_until', code: late })
  return { hidden: found.map(({ id }) => id), issues }
}

const textOf = (input: ListingInput, field: 'title' | 'body' | 'sought'): LanguageText =>
  Object.fromEntries(languages.flatMap((language) => (input[textField(field, language)] === undefined ? [] : [[language, input[textField(field, language)]]])))

function contentOf(input: ListingInput): Content {
  return {
    direction: input.direction,
    pillar: input.pillar,
    original: input.original,
    title: textOf(input, 'title'),
    body: textOf(input, 'body'),
    sought: textOf(input, 'sought'),
    stage: input.stage ?? null,
    ip: input.ip ?? null,
    forms: input.forms,
    partnerKinds: input.partner_kinds,
    authorizations: input.authorizations,
    countriesWanted: input.countries_wanted,
    countriesExcluded: input.countries_excluded,
    amount: input.amount ?? null,
    unit: input.unit ?? null,
    timing: input.timing ?? null,
    validUntil: input.valid_until ?? null,
  }
}
