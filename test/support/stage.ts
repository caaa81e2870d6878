import { makeLink } from '../../src/platform/access/links.ts'
import { operator } from '../../src/platform/access/actor.ts'
import { hashPassword } from '../../src/platform/access/passwords.ts'
import { newId } from '../../src/platform/id.ts'
import { publishTerms } from '../../src/modules/members/actions/terms.ts'
import { appoint, makeNetwork, readNetwork, type Network } from '../../src/modules/members/store/networks.ts'
import { makeActors, type Asker } from './actors.ts'
import { makeApiKey } from './api-keys.ts'
import { stageCalls, type CallTargets } from './calls.ts'
import { stageListings, type ListingTargets } from './listings.ts'
import { hiddenSpace, hideRecord, ownSpaces } from './hidden.ts'
import { makeMember } from './members.ts'
import { linkTo, makeSomebody, strong, type Somebody } from './persons.ts'
import { sql, type World } from './world.ts'

/** The keys of the members that take part. */
export type Members = { own: string; other: string; suspended: string; left: string }

/** What the requests of the proof are about: a thing of each kind, its id or its key, most of them of the member `own`. */
export type Targets = Members &
  ListingTargets &
  CallTargets &
  Record<'network' | 'networkKey' | 'ownId' | 'otherId' | 'ownVersion' | 'ownStanding', string> &
  Record<'application' | 'applicationVersion' | 'claim' | 'verifiedClaim' | 'claimVersion', string> &
  Record<
    'invitation' | 'officeInvitation' | 'office' | 'role' | 'session' | 'passkey' | 'apiKey' | 'memberKey' | 'savedSearch' | 'feedSecret' | 'editor',
    string
  > &
  Record<'mail' | 'correction' | 'report' | 'proposal' | 'joinToken' | 'passwordToken' | 'terms', string>

/** The stage of the proof: everybody who may knock, and something of each kind that they may knock at. */
export type Stage = { askers: Asker[]; targets: Targets; by: (name: string) => Asker }

const invited = 'invited@example.org'
/** What only whoever may open the document of the claim reads. */
export const documentWord = 'zq999999r1z'

/** Sets the stage in a world, which may have a network with members already. */
export async function setStage(world: World): Promise<Stage> {
  await makeSomebody(world, 'Opener', ['administrator'])
  const members: Members = {
    own: await makeMember(world, 'Example Own Hospital'),
    other: await makeMember(world, 'Example Other Institute'),
    suspended: await makeMember(world, 'Example Suspended Plant'),
    left: await makeMember(world, 'Example Left University'),
  }
  await hideRecord(world)
  const askers = await makeActors(world, members)
  const by = (name: string): Asker => {
    const found = askers.find((asker) => asker.name === name)
    if (!found) throw new Error(`test/support/actors.ts has no ${name}`)
    return found
  }
  const network = await world.database.read(operator, readNetwork)
  if (!network) throw new Error('there is no network')
  await letIn(world, network, members, by)
  await agree(world)
  const targets = await makeTargets(world, network, members, by)
  await endThings(world, network, members, by)
  await fillAuth(world, by)
  return { askers, targets, by }
}

/** Grants and offices that no form gives: they are rows of the model that decides. */
async function letIn(world: World, network: Network, members: Members, by: Stage['by']) {
  await world.database.write(operator, async (db) => {
    const names = { en: 'Neighbour Example', es: 'Ejemplo vecino', zh: '邻近示例', vi: 'Ví dụ láng giềng' }
    await appoint(db, await makeNetwork(db, { key: 'neighbour', name: names }), by('neighbour').id ?? '', 'secretariat')
    await appoint(db, network, by('former').id ?? '', 'secretariat')
  })
  const grant = (grantee: string, scope: string, from: string, to: string, space = hiddenSpace) =>
    world.rows(sql`insert into app.space_grant (space_id, grantee, scope, valid_from, valid_to)
      values (${space}::uuid, ${grantee}, ${scope}, now() + ${from}::interval, now() + ${to}::interval)`)
  await grant(`person:${by('guest').id}`, 'read', '-1 day', '1 day')
  await grant(`person:${by('former').id}`, 'read', '-2 days', '-1 day')
  await grant(`person:${by('former').id}`, 'write', '-3 days', '-2 days')
  await grant(`person:${by('former').id}`, 'write', '1 day', '2 days')
  // Who may add to a space does not read it.
  await grant(`person:${by('other').id}`, 'add', '-1 day', '1 day')
  for (const [from, to] of [
    ['-2 days', '-1 day'],
    ['1 day', '2 days'],
  ] as const)
    await grant(`role:${network.id}:curator`, 'write', from, to, '00000000-0000-7000-8000-000000000005')
  await openDossier(world, await idOf(world, members.own))
  await crowd(world, [by('guest'), by('other')])
}

const idOf = async (world: World, key: string) => (await world.rows(sql<{ id: string }>`select id from members.organization where key = ${key}`))[0]?.id ?? ''

/** A dossier of the member, which one role owns, others add to, and a guest does not see; within it a part for fewer. */
async function openDossier(world: World, own: string) {
  const { dossier, side } = ownSpaces
  await world.rows(sql`insert into app.space (id, name, parent_id) values (${dossier}, 'dossier-own', null), (${side}, 'side-own', ${dossier})`)
  const grants = [
    [dossier, `organization:${own}`, 'read'],
    [dossier, `role:${own}:editor`, 'own'],
    [dossier, `role:${own}:editor`, 'add'],
    [dossier, `role:${own}:viewer`, 'add'],
    [side, `role:${own}:editor`, 'own'],
    [side, `role:${own}:signatory`, 'read'],
  ] as const
  for (const [space, grantee, scope] of grants)
    await world.rows(sql`insert into app.space_grant (space_id, grantee, scope) values (${space}, ${grantee}, ${scope})`)
}

/** So many spaces more that these are looked up one by one: whoever has them sees and does what they would without. */
async function crowd(world: World, askers: readonly Asker[]) {
  await world.rows(sql`insert into app.space (id, name) select gen_random_uuid(), 'crowd-' || n from generate_series(1, 100) n`)
  for (const { id } of askers)
    await world.rows(sql`insert into app.space_grant (space_id, grantee, scope)
      select s.id, ${`person:${id}`}, scope from app.space s, unnest(array['read', 'write']) scope where s.name like 'crowd-%'`)
}

/** Everybody has accepted the terms, has a password, and has just shown who they are. */
async function agree(world: World) {
  await publishTerms(world.database, { en: 'Be fair.', es: 'Sea justo.', zh: '公平。', vi: 'Công bằng.' })
  await world.rows(sql`insert into members.acceptance (id, space_id, person_id, terms_id, language) select gen_random_uuid(), p.space_id, p.id, t.id, 'en'
    from members.person p cross join members.terms t where t.version = (select max(version) from members.terms) on conflict do nothing`)
  await world.rows(sql`update auth.account set password = ${await hashPassword(strong)}`)
  await world.rows(sql`update auth.session set proven_at = now()`)
}

const sent = async (what: string, answer: Promise<Response> | undefined) => {
  const status = (await answer)?.status
  if (status !== 303 && status !== 201) throw new Error(`${what} answers ${status}`)
}

async function makeTargets(world: World, network: Network, members: Members, by: Stage['by']): Promise<Targets> {
  const who = (name: string): Somebody => by(name).somebody ?? fail(`${name} is not signed in`)
  const one = async (query: ReturnType<typeof sql<{ it: string | number }>>) => String((await world.rows(query))[0]?.it ?? fail('no such row'))
  const [application, claim, verifiedClaim, correction, report, proposal] = [newId(), newId(), newId(), newId(), newId(), newId()]
  const typed = { id: application, network: network.id, original: 'en', kind: 'institute', country: 'VN' }
  await sent('apply', who('applicant').post('/en/apply', { ...typed, name: 'Example Applying Institute', why: 'We make vaccines.' }))
  const question = { text: 'Which wards?', version: '1' }
  await sent('a question', who('secretariat').post(`/en/applications/${application}/messages`, question))
  const claimed = (by: string, id: string, member: string, entry: string) =>
    sent('a claim', who(by).post(`/en/organizations/${entry}/claim`, { id, member, evidence: 'See our website.' }))
  await claimed('suspended', verifiedClaim, members.suspended, 'finlay')
  await sent('verification', who('secretariat').post(`/en/claims/${verifiedClaim}/verification`, { version: '1' }))
  await claimWithDocument(world, by('admin'), claim, members.own)
  await sent('an invitation', who('admin').post(`/en/members/${members.own}/invitations`, { email: invited, role: 'viewer' }))
  await sent('an invitation', who('administrator').post(`/en/desk/networks/${network.key}/invitations`, { email: 'officer@example.org', role: 'curator' }))
  await sent('a correction', world.post('/en/corrections', { id: correction, claim: 'It opened in 1986.', contact: 'reader@example.org', evidence: 'A book.' }))
  await sent(
    'a report',
    world.post('/en/reports', { id: report, about: '/organizations/cigb', reason: 'other', claim: 'Harm.', contact: 'reader@example.org' }),
  )
  const listings = await stageListings(world, members, by)
  const calls = await stageCalls(world, network.id, members, by)
  const editor = who('editor')
  await sent(
    'a proposal',
    editor.post('/en/concepts/proposals', { id: proposal, member: members.own, concept: 'dengue', en: 'breakbone fever', why: 'It is said.' }),
  )
  await makeVocabulary(world)
  const own = sql`(select id from members.organization where key = ${members.own})`
  return {
    ...members,
    ...listings,
    ...calls,
    network: network.id,
    networkKey: network.key,
    ownId: await one(sql`select ${own} as it`),
    otherId: await idOf(world, members.other),
    ownVersion: await one(sql`select version as it from members.organization where id = ${own}`),
    ownStanding: await one(sql`select id as it from members.standing where organization_id = ${own} and until is null`),
    application,
    applicationVersion: await one(sql`select version as it from members.application where id = ${application}`),
    claim,
    verifiedClaim,
    claimVersion: await one(sql`select version as it from members.claim where id = ${verifiedClaim}`),
    invitation: await one(sql`select id as it from members.invitation where email = ${invited}`),
    officeInvitation: await one(sql`select id as it from members.invitation where email = 'officer@example.org'`),
    office: await one(sql`select id as it from members.office where person_id = ${by('curator').id ?? ''}::uuid`),
    role: await one(sql`select id as it from members.role where person_id = ${by('signatory').id ?? ''}::uuid`),
    editor: editor.id,
    session: await one(sql`insert into auth.session (id, account_id, token, ends_at, address, agent)
      values (gen_random_uuid(), ${editor.id}::uuid, sha256('elsewhere'), now() + interval '1 day', '10.0.0.1', 'Other Browser') returning id as it`),
    passkey: await one(sql`insert into auth.passkey (id, account_id, credential, public_key, counter, transports, name)
      values (gen_random_uuid(), ${editor.id}::uuid, 'credential', 'key', 0, '{}', 'Phone') returning id as it`),
    apiKey: (await makeApiKey(world, editor, { name: 'Editor key' })).id,
    memberKey: (await makeApiKey(world, who('admin'), { name: 'Member key', member: members.own })).id,
    savedSearch: await one(sql`insert into app.saved_search (id, space_id, person_id, name, words, often)
      select gen_random_uuid(), s.id, ${editor.id}::uuid, 'Vials', 'vials', 'at-once' from app.space s where s.name = 'person-' || ${editor.id} returning id as it`),
    feedSecret: await feedOf(world, editor.id),
    mail: await one(sql`select id as it from app.mail where recipient = ${invited}`),
    correction,
    report,
    proposal,
    joinToken: (await linkTo(() => world, invited)).split('/').at(-1) ?? '',
    passwordToken: await world.database.write(operator, (db) => makeLink(world.database, db, 'password', { accountId: editor.id })),
    terms: '1',
  }
}

/** Gives somebody a feed of the counterparts of their listings. @returns its secret */
async function feedOf(world: World, person: string): Promise<string> {
  const secret = 'Example-secret-of-a-feed-that-nobody-guesses-1'
  await world.rows(sql`insert into matching.notice (person_id, space_id, feed)
    select ${person}::uuid, s.id, sha256(${secret}::bytea) from app.space s where s.name = 'person-' || ${person} returning person_id`)
  return secret
}

/** A retired concept, and a row of each kind that the sample has none of. */
async function makeVocabulary(world: World) {
  await world.rows(sql`update vocabulary.concept set state = 'retired', retired_by = 'curation', version = 2 where key = 'conjugate-vaccine'`)
  await world.rows(sql`insert into vocabulary.exact_match (id, space_id, concept_id, scheme_id, uri)
    select gen_random_uuid(), c.space_id, c.id, c.scheme_id, 'https://www.example.org/dengue' from vocabulary.concept c where c.key = 'dengue'`)
}

async function claimWithDocument(world: World, { headers }: Asker, id: string, member: string) {
  const body = new FormData()
  for (const [name, value] of Object.entries({ id, member, evidence: 'See the document.' })) body.set(name, value)
  body.set('document', new File([`%PDF-1.7\n%${documentWord}\n%%EOF\n`], 'charter.pdf', { type: 'application/pdf' }))
  await sent(
    'a claim with a document',
    world.ask('/en/organizations/cigb/claim', { method: 'POST', body, headers: { ...headers, 'sec-fetch-site': 'same-origin' } }),
  )
}

/** Suspends one member, lets another leave, by the form of the desk; ends the role and the office of who was, and gives them ones that begin later. */
async function endThings(world: World, network: Network, members: Members, by: Stage['by']) {
  for (const [key, state] of [
    [members.suspended, 'suspended'],
    [members.left, 'left'],
  ] as const) {
    const [now] = await world.rows(
      sql<{ id: string }>`select s.id from members.standing s join members.organization o on o.id = s.organization_id where o.key = ${key} and s.until is null`,
    )
    const typed = { network: network.id, state, reason: `Because it is ${state}.`, now: now?.id ?? '' }
    await sent(state, by('secretariat').somebody?.post(`/en/members/${key}/standing`, typed))
  }
  const former = by('former').id ?? ''
  await world.rows(sql`update members.role set valid_to = now() where person_id = ${former}::uuid`)
  await world.rows(sql`update members.office set valid_to = now() where person_id = ${former}::uuid`)
  await world.rows(sql`insert into members.role (id, space_id, desk_id, organization_id, person_id, role, valid_from)
    select gen_random_uuid(), people_id, desk_id, id, ${former}::uuid, 'editor', now() + interval '1 day' from members.organization where key = ${members.own}`)
  await world.rows(sql`insert into members.office (id, space_id, network_id, person_id, office, valid_from)
    values (gen_random_uuid(), ${network.crew}, ${network.id}, ${former}::uuid, 'administrator', now() + interval '1 day')`)
}

/** A row in each table of accounts that has none yet. */
async function fillAuth(world: World, by: Stage['by']) {
  const account = sql`${by('editor').id ?? ''}::uuid`
  const later = sql`now() + interval '1 hour'`
  for (const insert of [
    sql`insert into app.idempotency_key (actor, digest, request, ticket, ends_at) values (${`person:${by('editor').id}`}, sha256('x'), sha256('y'), gen_random_uuid(), ${later})`,
    sql`insert into auth.attempt (subject, origin, failures, failed_at, next_at) values (sha256('x'), '10.0.0.1', 1, now(), now())`,
    sql`insert into auth.challenge (id, digest, purpose, ends_at) values (gen_random_uuid(), sha256('x'), 'sign-in', ${later})`,
    sql`insert into auth.identity (id, issuer, subject, account_id) values (gen_random_uuid(), 'https://id.example.org', 'subject', ${account})`,
    sql`insert into auth.pending (id, account_id, token, ends_at) values (gen_random_uuid(), ${account}, sha256('x'), ${later})`,
    sql`insert into auth.recovery_code (account_id, digest, ended_at) values (${account}, sha256('x'), now())`,
    sql`insert into auth.totp (account_id) values (${account})`,
  ])
    await world.rows(insert)
}

function fail(why: string): never {
  throw new Error(why)
}
