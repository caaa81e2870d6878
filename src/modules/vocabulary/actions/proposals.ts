import type { z } from 'zod'
import { addresseesOf } from '../../../platform/access/accounts.ts'
import type { Person } from '../../../platform/access/actor.ts'
import type { Database, Scope, WriteScope } from '../../../platform/db/database.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { languages, type Language, type LanguageText } from '../../../platform/i18n/languages.ts'
import { logAct } from '../../../platform/log/log.ts'
import { queueMail } from '../../../platform/mail/mail.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { organizationsOf, readDirectory, readHats, tellDesk, type ActsFor } from '../../members/index.ts'
import { mayCurate, mayProposeFor, mayWithdraw } from '../policy.ts'
import { labelsOfFields, preferredIn } from '../rules/labels.ts'
import type { acceptanceInput, declineInput, ProposalInput, withdrawalInput } from '../schema.ts'
import { idsOfKeys } from '../store/concepts.ts'
import { lockVocabulary } from '../store/content.ts'
import { endProposal, insertProposal, readProposal, type Proposal } from '../store/proposals.ts'
import { curationSpace } from '../store/tables.ts'
import { vocabularyTexts } from '../text/index.ts'
import { lockConcept } from './curate.ts'
import { writeConcept } from './write-concept.ts'
import { tellChanged } from './changed.ts'

type With = { database: Database; secrets: Secrets; base: string }

/** The members for which somebody may propose. */
export async function proposesFor(db: Scope, person: Person): Promise<ActsFor[]> {
  const hats = await readHats(db)
  return (await organizationsOf(db, person.id)).filter(({ id }) => mayProposeFor(hats, id))
}

/** An editor of a member proposes something. Sent a second time with the same id, it stays one. @throws Refusal `forbidden`, `invalid_input` */
export async function propose({ database, base }: Omit<With, 'secrets'>, person: Person, input: ProposalInput, language: Language): Promise<void> {
  const labels: LanguageText = Object.fromEntries(languages.flatMap((each) => (input[each] === '' ? [] : [[each, input[each]]])))
  await database.write(person, async (db) => {
    const organization = await readDirectory.readOrganization(db, { key: input.member })
    if (!organization || !mayProposeFor(await readHats(db), organization.id)) throw refuse('forbidden')
    const ids = await idsOfKeys(db, [input.concept ?? '', input.broader ?? ''])
    const issues = proposalIssues(input, ids)
    if (issues.length > 0) throw refuse('invalid_input', {}, issues)
    const [conceptId, broaderId] = [ids.get(input.concept ?? '') ?? null, input.concept === undefined ? (ids.get(input.broader ?? '') ?? null) : null]
    const isNew = await insertProposal(db, {
      id: input.id,
      space: organization.keeper,
      organizationId: organization.id,
      personId: person.id,
      conceptId,
      broaderId,
      labels,
      why: input.why,
      language,
    })
    if (!isNew) return
    const network = await readDirectory.readNetwork(db)
    if (network) await tellDesk(db, { network: network.id, what: 'proposal', name: nameOf(input), link: `${base}/desk/proposals/${input.id}` })
    await logAct(db, {
      chain: `organization:${organization.id}`,
      spaceId: organization.people,
      organizationId: organization.id,
      verb: 'vocabulary.proposal.sent',
      object: { kind: 'proposal', id: input.id },
      payload: { concept: input.concept, broader: input.broader, labels, why: input.why },
    })
  })
}

/** A new concept is called something in some language; of one that is there something is said at least. */
function proposalIssues(input: ProposalInput, ids: ReadonlyMap<string, string>): Issue[] {
  const unknown = (['concept', 'broader'] as const).filter((path) => input[path] !== undefined && !ids.has(input[path]))
  const isNamed = languages.some((language) => preferredIn(labelsOfFields(input), language) !== undefined)
  return [
    ...unknown.map((path): Issue => ({ path, code: 'unknown_reference', params: { value: input[path] ?? '' } })),
    ...(input.concept === undefined && !isNamed ? [{ path: 'en', code: 'required' } as const] : []),
  ]
}

/** What a proposal is called in a mail: its first term, else the concept that it is about. */
const nameOf = (input: ProposalInput): string =>
  languages.map((language) => preferredIn(labelsOfFields(input), language)).find((term) => term !== undefined) ?? input.concept ?? ''

/** Whoever made a proposal takes it back while it is open. @throws Refusal `not_found`, `decided_already`, `conflict_stale` */
export async function withdrawProposal(database: Database, person: Person, id: string, { version }: z.output<typeof withdrawalInput>): Promise<void> {
  await database.write(person, async (db) => {
    // What is decided cannot be locked by whoever made it, and yet is theirs.
    const seen = await readProposal(db, id)
    if (!seen || !mayWithdraw(person, seen)) throw refuse('not_found')
    if (seen.state !== 'sent') throw refuse('decided_already')
    const proposal = await openProposal(db, id, version)
    await endProposal(db, id, { state: 'withdrawn', reason: null, resultId: null })
    const organization = await readDirectory.readOrganization(db, { id: proposal.organization.id })
    if (!organization) throw refuse('not_found')
    await logAct(db, {
      chain: `organization:${organization.id}`,
      spaceId: organization.people,
      organizationId: organization.id,
      verb: 'vocabulary.proposal.withdrawn',
      object: { kind: 'proposal', id },
      payload: {},
    })
  })
}

/** Accepts a proposal: writes the concept as it is to be, and tells who proposed it. @throws Refusal `not_found`, `decided_already`, `conflict_stale`, `invalid_input` */
export async function acceptProposal(deps: With, person: Person, id: string, input: z.output<typeof acceptanceInput>): Promise<string> {
  if (!mayCurate(person)) throw refuse('not_found')
  return deps.database.write(person, async (db) => {
    const { version, proposal: ofProposal, ...wanted } = input
    const proposal = await openProposal(db, id, ofProposal)
    await lockVocabulary(db)
    const before = proposal.concept === null ? undefined : await lockConcept(db, proposal.concept.key, version)
    const result = await writeConcept(db, wanted, before, proposal.why)
    await endProposal(db, id, { state: 'accepted', reason: null, resultId: result.id })
    await tell(db, deps, proposal, 'accepted', { key: result.key, reason: '' })
    await tellChanged(db)
    await logAct(db, result.act)
    await logDecision(db, 'accepted', proposal, { concept: result.key })
    return result.key
  })
}

/** Declines a proposal, and tells who made it why. @throws Refusal `not_found`, `decided_already`, `conflict_stale` */
export async function declineProposal(deps: With, person: Person, id: string, { reason, version }: z.output<typeof declineInput>): Promise<void> {
  if (!mayCurate(person)) throw refuse('not_found')
  await deps.database.write(person, async (db) => {
    const proposal = await openProposal(db, id, version)
    await endProposal(db, id, { state: 'declined', reason, resultId: null })
    await tell(db, deps, proposal, 'declined', { key: proposal.concept?.key, reason })
    await logDecision(db, 'declined', proposal, { reason })
  })
}

async function openProposal(db: WriteScope, id: string, version: number): Promise<Proposal> {
  const proposal = await readProposal(db, id, 'lock')
  if (!proposal) throw refuse('not_found')
  if (proposal.state !== 'sent') throw refuse('decided_already')
  if (proposal.version !== version) throw refuse('conflict_stale')
  return proposal
}

/** What came of a proposal, in the language of whoever made it. */
async function tell(
  db: WriteScope,
  { database, secrets, base }: With,
  proposal: Proposal,
  what: 'accepted' | 'declined',
  { key, reason }: { key: string | undefined; reason: string },
) {
  for (const { email, language, name } of await addresseesOf(database, db, [proposal.personId])) {
    const say = vocabularyTexts[language]
    const link = `${base}/${language}/concepts${key === undefined ? '' : `/${key}`}`
    await queueMail(db, secrets, { to: email, language, subject: say('proposal.mail.subject'), body: say(`proposal.mail.${what}`, { name, link, reason }) })
  }
}

const logDecision = (db: WriteScope, what: 'accepted' | 'declined', { id, organization }: Proposal, payload: object) =>
  logAct(db, {
    chain: 'network',
    spaceId: curationSpace,
    organizationId: organization.id,
    verb: `vocabulary.proposal.${what}`,
    object: { kind: 'proposal', id },
    payload,
  })
