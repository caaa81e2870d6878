import type { Acting } from '../../../platform/access/actor.ts'
import type { Database } from '../../../platform/db/database.ts'
import { refuse, Refusal, type Issue } from '../../../platform/errors.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { parseInput } from '../../../platform/issues.ts'
import { listingInput, textField } from '../schema/listings.ts'
import type { ListingPatch } from '../schema/patch.ts'
import type { Listing } from '../store/listings.ts'
import { openListing } from './open.ts'
import { changeListing } from './write.ts'

const texts = ['title', 'body', 'sought'] as const

/**
 * Writes some fields of a draft anew; whatever is not named stays as it is.
 *
 * @throws Refusal `not_found`, `forbidden`, `conflict_stale`, `invalid_input` with paths as the patch has them
 */
export async function patchListing(database: Database, actor: Acting, id: string, patch: ListingPatch): Promise<void> {
  const { listing } = await database.read(actor, (db) => openListing(db, id))
  // What is not named is taken from what was just read, so that has to be what whoever patches has read.
  if (listing.version !== patch.version) throw refuse('conflict_stale')
  try {
    await changeListing(database, actor, id, parseInput(listingInput, wholeOf(listing, patch)))
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid_input') throw refuse('invalid_input', {}, error.issues.map(asPatched))
    throw error
  }
}

/** A listing as its form sends it, with the patch over it. */
function wholeOf(listing: Listing, patch: ListingPatch): Record<string, unknown> {
  const { direction, pillar, original, stage, ip, forms, amount, unit, timing, concepts, title, body, sought } = listing
  const all = {
    direction,
    pillar,
    original,
    stage,
    ip,
    forms,
    amount,
    unit,
    timing,
    concepts,
    title,
    body,
    sought,
    partner_kinds: listing.partnerKinds,
    authorizations: listing.authorizations,
    countries_wanted: listing.countriesWanted,
    countries_excluded: listing.countriesExcluded,
    valid_until: listing.validUntil,
    audience: listing.isPublic ? 'everybody' : 'network',
    hidden_from: listing.hiddenFrom.map(({ key }) => key),
    ...patch,
  }
  const typed = Object.entries(all).map(([name, value]) => [name, lined.has(name) ? (value as string[]).join(', ') : (value ?? undefined)])
  const written = texts.flatMap((field) => languages.map((language) => [textField(field, language), all[field][language]]))
  return Object.fromEntries([...typed.filter(([name]) => !texts.some((field) => field === name)), ...written]) as Record<string, unknown>
}

/** Lists that a form has on one line. */
const lined: ReadonlySet<string> = new Set(['authorizations', 'countries_wanted', 'countries_excluded', 'hidden_from'])

const asPatched = (issue: Issue): Issue => ({ ...issue, path: issue.path.replace(/^(title|body|sought)_(\w\w)$/, '$1.$2') })
