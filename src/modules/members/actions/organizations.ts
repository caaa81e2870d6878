import type { z } from 'zod'
import type { Person } from '../../../platform/access/actor.ts'
import type { Database, Scope, WriteScope } from '../../../platform/db/database.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { languages, type LanguageText } from '../../../platform/i18n/languages.ts'
import { logAct } from '../../../platform/log/log.ts'
import { searchLookalikes } from '../../../platform/search/search.ts'
import { isOnBehalf, mayWriteProfile } from '../policy.ts'
import { pillars } from '../schema/kinds.ts'
import type { factsInput, textsInput } from '../schema/organizations.ts'
import { readHats } from '../store/hats.ts'
import { lock } from '../store/locks.ts'
import { directorySpace } from '../store/networks.ts'
import { isUnder, readOrganization, takenIdentifiers, writeFacts, writeLogo, writeTexts, type Facts, type Organization } from '../store/organizations.ts'

type Writing = { organization: Organization; onBehalf: boolean }

/** An organization that the actor may write. @throws Refusal `not_found`, `forbidden` */
export async function openOrganization(db: Scope, key: string): Promise<Writing> {
  const organization = await readOrganization(db, { key })
  if (!organization) throw refuse('not_found')
  const hats = await readHats(db)
  if (!mayWriteProfile(hats, organization)) throw refuse('forbidden')
  return { organization, onBehalf: isOnBehalf(hats, organization) }
}

/** An organization on which nobody else decides until the end of the transaction. @throws Refusal `not_found` */
export async function lockOrganization(db: WriteScope, key: string): Promise<Organization> {
  const seen = await readOrganization(db, { key })
  if (!seen) throw refuse('not_found')
  await lock(db, 'organization', seen.id)
  const organization = await readOrganization(db, { id: seen.id })
  if (!organization) throw refuse('not_found')
  return organization
}

/** Changes what is true of an organization in every language. @throws Refusal `conflict_stale`, `invalid_input` for an identifier of another, a parent that stands under it */
export async function changeFacts(
  database: Database,
  person: Person,
  key: string,
  { parent, version, original, ...typed }: z.output<typeof factsInput>,
): Promise<void> {
  await database.write(person, async (db) => {
    const { organization, onBehalf } = await openOrganization(db, key)
    const [website, ror, gln, lei] = [typed.website ?? null, typed.ror ?? null, typed.gln ?? null, typed.lei ?? null]
    const facts = { kind: typed.kind, country: typed.country, website, ror, gln, lei }
    await refuseTaken(db, organization.id, facts)
    if (organization.name[original] === undefined) throw refuse('invalid_input', {}, [{ path: 'original', code: 'required' }])
    const parentId = parent === undefined ? null : await parentOf(db, organization, parent)
    if (!(await writeFacts(db, organization.id, version, { ...facts, parentId, original, onBehalf }))) throw refuse('conflict_stale')
    await logPublic(db, organization.id, 'members.organization.changed', { ...facts, parent: parent ?? null, original, onBehalf })
  })
}

async function parentOf(db: WriteScope, { id }: Organization, key: string): Promise<string> {
  const issue = (code: Issue['code']) => refuse('invalid_input', {}, [{ path: 'parent', code, params: { value: key } }])
  const parent = await readOrganization(db, { key })
  if (!parent) throw issue('unknown_reference')
  if (await isUnder(db, parent.id, id)) throw issue('circular')
  return parent.id
}

/** Changes what an organization says of itself in one language. */
export async function changeTexts(database: Database, person: Person, key: string, typed: z.output<typeof textsInput>): Promise<void> {
  await database.write(person, async (db) => {
    const { organization, onBehalf } = await openOrganization(db, key)
    const { language, version } = typed
    if (typed.name !== organization.name[language]) await refuseLookalike(db, 'name', typed.name, `/members/${organization.key}`)
    const put = (text: LanguageText, words: string | undefined): LanguageText =>
      Object.fromEntries(languages.map((each) => [each, each === language ? words : text[each]]).filter(([, said]) => said !== undefined))
    const name = put(organization.name, typed.name)
    if (name[organization.original] === undefined) throw refuse('invalid_input', {}, [{ path: 'name', code: 'required' }])
    const said = pillars.map((pillar) => [pillar, put(organization.strengths[pillar] ?? {}, typed[pillar])] as const)
    const strengths = Object.fromEntries(said.filter(([, text]) => Object.keys(text).length > 0))
    const texts = { name, original: organization.original, profile: put(organization.profile, typed.profile), strengths }
    if (!(await writeTexts(db, organization.id, version, { ...texts, onBehalf }))) throw refuse('conflict_stale')
    await logPublic(db, organization.id, 'members.organization.described', { ...texts, language, onBehalf })
  })
}

/** Gives an organization its sign, or takes it away. */
export async function changeLogo(database: Database, person: Person, key: string, logo: { mediaType: string; bytes: Uint8Array } | undefined): Promise<void> {
  await database.write(person, async (db) => {
    const { organization, onBehalf } = await openOrganization(db, key)
    await writeLogo(db, organization, logo)
    await logPublic(db, organization.id, 'members.organization.changed', { logo: logo?.mediaType ?? null, onBehalf })
  })
}

/** @throws Refusal `invalid_input` when another organization has one of the identifiers */
export async function refuseTaken(db: WriteScope, own: string | null, facts: Pick<Facts, 'ror' | 'gln' | 'lei'>): Promise<void> {
  const taken = await takenIdentifiers(db, own, facts)
  const issues = taken.map(({ field, key }): Issue => ({ path: field, code: 'identifier_taken', params: { value: facts[field] ?? '', key } }))
  if (issues.length > 0) throw refuse('invalid_input', {}, issues)
}

/**
 * Refuses a name that can be taken for that of another member, or of an organization on the public record, without being the same.
 *
 * @param own path of the organization itself
 * @throws Refusal `invalid_input`
 */
export async function refuseLookalike(db: Scope, field: string, name: string | undefined, own?: string): Promise<void> {
  if (name === undefined) return
  const other = (await searchLookalikes(db, name, ['member', 'organization'])).find(({ path }) => path !== own)
  if (other) throw refuse('invalid_input', {}, [{ path: field, code: 'lookalike_name', params: { other: other.names[0] ?? '' } }])
}

/** Adds to the log of an organization what everybody sees of it. */
export const logPublic = (db: WriteScope, id: string, verb: string, payload: object) =>
  logAct(db, { chain: `organization:${id}`, spaceId: directorySpace, organizationId: id, verb, object: { kind: 'organization', id }, payload })
