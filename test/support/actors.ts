import type { Actor } from '../../src/platform/access/actor.ts'
import { accounts, importer, jobActor, operator, thePublic } from '../../src/platform/access/actor.ts'
import { allScopes, makeApiKey } from './api-keys.ts'
import { makeMemberPerson } from './members.ts'
import { makeSomebody, type Somebody } from './persons.ts'
import type { Members } from './stage.ts'
import { sql, type World } from './world.ts'

/** A kind of actor: a column of the proof of access. `make` is left out by who is not signed in. */
export type ActorKind = { name: string; head: string; what: string; make?: (world: World, members: Members) => Promise<Somebody>; key?: KeyKind }
/** A key: by whom it is made, for which member if not for themselves, with which scopes if not all, and whether it is revoked then. */
type KeyKind = { by: string; member?: keyof Members; scopes?: readonly string[]; isRevoked?: true }

const byRole = (head: string, role: Parameters<typeof makeMemberPerson>[3]): ActorKind => ({
  name: role,
  head,
  what: `${role} of the member that the targets belong to`,
  make: (world, { own }) => makeMemberPerson(world, own, `Own ${role}`, role),
})

const byOffice = (head: string, office: 'secretariat' | 'curator' | 'administrator', what: string): ActorKind => ({
  name: office,
  head,
  what,
  make: (world) => makeSomebody(world, `Network ${office}`, [office]),
})

/**
 * Everybody who may knock, each a column of the grids and a reader of the canary. A later module adds a line here, and what it is by `make` or, where that takes
 * more than one step, in `test/support/stage.ts`.
 */
export const actorKinds: readonly ActorKind[] = [
  { name: 'public', head: 'publ', what: 'anybody, not signed in' },
  { name: 'stranger', head: 'strg', what: 'has an account and nothing else', make: (world) => makeSomebody(world, 'Stranger', []) },
  { name: 'applicant', head: 'appl', what: 'sent the application that is the target, which is open', make: (world) => makeSomebody(world, 'Applicant', []) },
  byRole('admn', 'admin'),
  byRole('edit', 'editor'),
  byRole('sign', 'signatory'),
  byRole('qual', 'quality'),
  byRole('trad', 'trader'),
  byRole('view', 'viewer'),
  { name: 'other', head: 'othr', what: 'admin of another member', make: (world, { other }) => makeMemberPerson(world, other, 'Other admin', 'admin') },
  {
    name: 'suspended',
    head: 'susp',
    what: 'admin of a suspended member',
    make: (world, { suspended }) => makeMemberPerson(world, suspended, 'Suspended admin', 'admin'),
  },
  { name: 'left', head: 'left', what: 'admin of a member that has left', make: (world, { left }) => makeMemberPerson(world, left, 'Left admin', 'admin') },
  {
    name: 'former',
    head: 'form',
    what: 'was admin of the member and secretariat of the network, and will be; grants that have ended, or not begun',
    make: (world, { own }) => makeMemberPerson(world, own, 'Former admin', 'admin'),
  },
  {
    name: 'guest',
    head: 'gues',
    what: 'guest of the member, and for a time let into a hidden space; no other role',
    make: (world, { own }) => makeMemberPerson(world, own, 'Guest', 'guest', new Date(Date.now() + 86_400_000)),
  },
  byOffice('secr', 'secretariat', 'secretariat of the network that runs the instance'),
  byOffice('cura', 'curator', 'curator of that network'),
  byOffice('head', 'administrator', 'administrator of that network'),
  { name: 'neighbour', head: 'neig', what: 'secretariat of another network', make: (world) => makeSomebody(world, 'Neighbour secretariat', []) },
  ...allScopes.map((scope, n): ActorKind => ({
    name: `key-${scope}`,
    head: `key${n + 1}`,
    what: `API key of the admin of the member, for ${scope}`,
    key: { by: 'admin', scopes: [scope] },
  })),
  { name: 'key-desk', head: 'keyd', what: 'API key of the secretariat, with all scopes', key: { by: 'secretariat' } },
  { name: 'key-member', head: 'keym', what: 'API key of the member, with all scopes', key: { by: 'admin', member: 'own' } },
  { name: 'key-suspended', head: 'keys', what: 'API key of the suspended member, made before', key: { by: 'suspended', member: 'suspended' } },
  { name: 'key-revoked', head: 'keyx', what: 'API key of that admin that was revoked', key: { by: 'admin', isRevoked: true } },
]

/** Somebody of each kind, in a world. */
export type Asker = ActorKind & { actor: Actor; headers: Record<string, string>; id?: string; somebody?: Somebody }

let visitors = 0
/** Each request of the public comes from elsewhere: one visitor alone would soon have to wait. */
export const nextVisitor = () => ({ 'x-forwarded-for': `10.5.${Math.floor(++visitors / 250)}.${visitors % 250}` })

export async function makeActors(world: World, members: Members): Promise<Asker[]> {
  const askers: Asker[] = []
  for (const kind of actorKinds) askers.push(kind.key ? await makeKey(world, members, askers, kind, kind.key) : await makePerson(world, members, kind))
  return askers
}

async function makePerson(world: World, members: Members, kind: ActorKind): Promise<Asker> {
  const somebody = await kind.make?.(world, members)
  if (!somebody) return { ...kind, actor: thePublic, headers: {} }
  const actor: Actor = { kind: 'person', id: somebody.id, name: kind.name, language: 'en', session: '' }
  return { ...kind, actor, id: somebody.id, somebody, headers: { cookie: `puente=${somebody.token}`, 'x-forwarded-for': somebody.id } }
}

async function makeKey(
  world: World,
  members: Members,
  askers: readonly Asker[],
  kind: ActorKind,
  { by, member, scopes = allScopes, isRevoked }: KeyKind,
): Promise<Asker> {
  const maker = askers.find(({ name }) => name === by)?.somebody
  if (!maker) throw new Error(`nobody makes the key ${kind.name}`)
  const { id, token } = await makeApiKey(world, maker, { name: `Key ${kind.head}`, scopes, ...(member && { member: members[member] }) })
  if (isRevoked) await world.rows(sql`update auth.api_key set ended_at = now() where id = ${id}::uuid`)
  const owner = { kind: member ? 'organization' : 'person', id: maker.id } as const
  return { ...kind, actor: { kind: 'key', id, name: kind.name, owner, scopes, endsAt: new Date() }, headers: { authorization: `Bearer ${token}` } }
}

/** Parts of the system, which only the database knows; `nobody` is an actor never set. */
export const systemActors: readonly { head: string; what: string; actor: Actor | undefined }[] = [
  { head: 'none', what: 'no actor set', actor: undefined },
  { head: 'impt', what: 'system: loads the record', actor: importer },
  { head: 'oper', what: 'system: the command line', actor: operator },
  { head: 'acco', what: 'system: makes accounts', actor: accounts },
  { head: 'jobs', what: 'system: does what was put off', actor: jobActor },
]
