import type { Acting } from '../../../platform/access/actor.ts'
import type { Database } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { languages, type LanguageText } from '../../../platform/i18n/languages.ts'
import { readDirectory, readHats } from '../../members/index.ts'
import { broaderOf } from '../../vocabulary/index.ts'
import { mayWrite, mayWriteFor, sidesOf } from '../policy.ts'
import { unitIn } from '../rules/units.ts'
import { textField, type ListingInput, type ListingStart } from '../schema/listings.ts'
import { writeConcepts } from '../store/concepts.ts'
import { insertListing, readListing, writeContent, writeHiding, type Content } from '../store/listings.ts'
import { logListing } from './log.ts'
import { holdListing } from './open.ts'
import { readReferences, referred } from './references.ts'

/** Begins a listing as a draft of its organization. A second click makes nothing new. @throws Refusal `not_found`, `forbidden` */
export async function beginListing(database: Database, actor: Acting, { id, member, direction, pillar, original, title }: ListingStart): Promise<void> {
  await database.write(actor, async (db) => {
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

/** Writes a listing, whole. @returns its version afterwards @throws Refusal `not_found`, `forbidden`, `conflict_stale`, `invalid_input` with all that refers to nothing */
export async function changeListing(database: Database, actor: Acting, id: string, input: ListingInput): Promise<number> {
  return database.write(actor, async (db) => {
    const { listing, hats } = await holdListing(db, id)
    if (!mayWrite(hats, listing)) throw refuse(sidesOf(hats, listing).has('writer') ? 'conflict_stale' : 'forbidden')
    const { hidden, issues } = referred(input, listing.organization, await readReferences(db, [input]))
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
    return input.version + 1
  })
}

const textOf = (input: ListingInput, field: 'title' | 'body' | 'sought'): LanguageText =>
  Object.fromEntries(languages.flatMap((language) => (input[textField(field, language)] === undefined ? [] : [[language, input[textField(field, language)]]])))

/** What a listing says, as its form had it. */
export function contentOf(input: ListingInput): Content {
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
    unit: input.unit === undefined ? null : unitIn(input.unit),
    timing: input.timing ?? null,
    validUntil: input.valid_until ?? null,
  }
}
