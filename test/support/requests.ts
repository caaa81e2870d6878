import { entryKinds, plurals } from '../../src/modules/record/index.ts'
import { newId } from '../../src/platform/id.ts'
import { attachmentForm, fileBody, listingForm, secondNeed, sheetForm } from './listings.ts'
import { callBodies, callPlaces } from './call-requests.ts'
import { pixel } from './members.ts'
import { strong } from './persons.ts'
import { examples } from './sheets.ts'
import type { Targets } from './stage.ts'
import type { World } from './world.ts'

export type Route = { method: string; path: string }
type Body = { body: NonNullable<RequestInit['body']>; headers?: Record<string, string> }

/** Every route of the app; an asset by the end of its name, which changes with what is in it. */
export function routesOf(world: World): Route[] {
  const all = world.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => ({ method, path: path.replace(/\/assets\/[\w-]+\.\w+\.(\w+)$/, '/assets/*.$1') }))
  return [...new Map(all.map((route) => [`${route.method} ${route.path}`, route])).values()].toSorted((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1,
  )
}

/** The part of a path that says which kind of entries it is about. */
export const anyKind = new RegExp(`/(${entryKinds.map((kind) => plurals[kind]).join('|')})(?=[/.]|$)`)

/** A key of each kind of thing that has addresses of its own, by what stands before it. */
const keysOf = ({ own, networkKey }: Targets): Record<string, string> => ({
  ...Object.fromEntries(entryKinds.map((kind) => [plurals[kind], examples[kind]])),
  disputes: 'k-001',
  sources: 'w001',
  members: own,
  networks: networkKey,
  concepts: 'dengue',
})

/** What an id in an address means, by what stands before it. */
const idsOf = (targets: Targets): Record<string, string> => ({
  applications: targets.application,
  claims: targets.claim,
  invitations: targets.invitation,
  roles: targets.role,
  offices: targets.office,
  sessions: targets.session,
  searches: targets.savedSearch,
  passkeys: targets.passkey,
  'api-keys': targets.memberKey,
  corrections: targets.correction,
  reports: targets.report,
  listings: targets.listing,
  undertakings: targets.undertaking,
  attachments: targets.attachment,
  sheets: targets.sheet,
  calls: targets.call,
  pledges: targets.pledge,
  introductions: targets.introduction,
  interests: targets.interest,
  outbox: targets.mail,
  proposals: targets.proposal,
})

/** What is done with a listing before it is sent, and with one that waits at the desk; all else with one that is published. */
const ofDraft = ['edit', 'submission', 'sending', 'withdrawal', 'attachments']
const ofWaiting = ['recall', 'return', 'publication']

/** Where a route is asked: its path with a real thing in it. @throws Error that says what to add */
export function placeOf(world: World, { method, path }: Route, targets: Targets): string {
  const asset = path.startsWith('/assets/') && Object.values(world.assets).find((each) => each.path.endsWith(path.slice('/assets/*'.length)))?.path
  if (asset !== undefined && asset !== false) return asset
  const special: Record<string, string> = {
    '/join/:token': `/join/${targets.joinToken}`,
    '/password/:token': `/password/${targets.passwordToken}`,
    '/first/:token': '/first/nothing',
    '/claims/:id/end': `/claims/${targets.verifiedClaim}/end`,
    '/desk/networks/:key/invitations/:id/withdrawal': `/desk/networks/${targets.networkKey}/invitations/${targets.officeInvitation}/withdrawal`,
    '/account/api-keys/:id/end': `/account/api-keys/${targets.apiKey}/end`,
    '/feeds/matches/:secret': `/feeds/matches/${targets.feedSecret}`,
    '/terms/:version': `/terms/${targets.terms}`,
    ...Object.fromEntries(ofDraft.map((noun) => [`/listings/:id/${noun}`, `/listings/${targets.draft}/${noun}`])),
    ...Object.fromEntries(ofWaiting.map((noun) => [`/listings/:id/${noun}`, `/listings/${targets.waiting}/${noun}`])),
    '/listings/:id/undertakings/:undertaking/end': `/listings/${targets.listing}/undertakings/${targets.undertaking}/end`,
    '/listings/:id/attachments/:attachment': `/listings/${targets.listing}/attachments/${targets.attachment}`,
    '/listings/:id/attachments/:attachment/removal': `/listings/${targets.draft}/attachments/${targets.draftAttachment}/removal`,
    ...callPlaces(targets),
    '/listings/:id/matches/:other/feedback': `/listings/${targets.open}/matches/${targets.counterpart}/feedback`,
    '/listings/:id/matches/:other/feedback/end': `/listings/${targets.open}/matches/${targets.counterpart}/feedback/end`,
    ...Object.fromEntries(
      [...ofDraft, ...ofWaiting].map((noun) => [
        `/api/v1/listings/:id/${noun}`,
        `/api/v1/listings/${ofDraft.includes(noun) ? targets.draft : targets.waiting}/${noun}`,
      ]),
    ),
    '/api/v1/listings/:id/attachments': `/api/v1/listings/${targets.draft}/attachments?name=x.pdf&part=open`,
    '/api/v1/listings/:id/attachments/:attachment': `/api/v1/listings/${targets.listing}/attachments/${targets.attachment}`,
    '/api/v1/listings/:id/attachments/:attachment/removal': `/api/v1/listings/${targets.draft}/attachments/${targets.draftAttachment}/removal`,
    '/api/v1/listings/:id/interests': `/api/v1/listings/${targets.derived}/interests`,
    '/api/v1/interests': `/api/v1/interests?member=${targets.own}`,
    '/listings/:id/takeover': `/listings/${targets.derived}/takeover`,
    '/listings/:id/interests': `/listings/${targets.derived}/interests`,
    '/interests/:id/closure': `/interests/${targets.deskInterest}/closure`,
    // Only whoever sent it withdraws it.
    '/api/v1/interests/:id/withdrawal': `/api/v1/interests/${targets.deskInterest}/withdrawal`,
    '/concepts/:key/restoration': '/concepts/conjugate-vaccine/restoration',
    '/sitemaps/:file': '/sitemaps/pages.xml',
  }
  const [keys, ids] = [keysOf(targets), idsOf(targets)]
  const place =
    special[path] ??
    path
      .replace(/([a-z-]+)\/(?::key|\{key\})/g, (all, of: string) => (keys[of] === undefined ? all : `${of}/${keys[of]}`))
      .replace(/([a-z-]+)\/(?::id|\{id\})/g, (all, of: string) => (ids[of] === undefined ? all : `${of}/${ids[of]}`))
  if (/:\w|\{/.test(place))
    throw new Error(`${method} ${path} has no row in the access grid: add what its address means to keysOf, idsOf or placeOf in test/support/requests.ts`)
  return place
}

const form = (fields: Record<string, string>): Body => ({ body: new URLSearchParams(fields), headers: { 'sec-fetch-site': 'same-origin' } })
const json = (value: unknown): Body => ({ body: JSON.stringify(value), headers: { 'content-type': 'application/json' } })
const keyForm = () => form({ id: newId(), name: 'laboratory system', scopes: 'record:read', until: inDays(30) })
const logo = (): Body => {
  const body = new FormData()
  body.set('logo', new File([pixel], 'logo.png', { type: 'image/png' }))
  return { body, headers: { 'sec-fetch-site': 'same-origin' } }
}
const filesForm = (fields: Record<string, string | File>): Body => ({ body: fileBody(fields), headers: { 'sec-fetch-site': 'same-origin' } })
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** A concept as a form of those who curate it has it. */
const dengue = { en: 'dengue', es: 'dengue', zh: '登革热', vi: 'sốt xuất huyết dengue', broader: 'viral-infection', related: '', codes: '', note: 'x' }

/** What is sent to each route that changes something: what would be right if it came from whoever may. */
const bodies: Record<string, (targets: Targets) => Body> = {
  '/corrections': () => form({ id: newId(), claim: 'x' }),
  '/api/v1/corrections': () => json({ id: newId(), claim: 'x' }),
  '/account/api-keys': () => keyForm(),
  '/account/api-keys/:id/end': () => form({}),
  '/account/matches': () => form({ often: 'never' }),
  '/account/matches/feed': () => form({}),
  '/account/matches/feed/end': () => form({}),
  '/account/searches': () => form({ id: newId(), q: 'vials', name: 'x', often: 'never' }),
  '/account/searches/:id': () => form({ name: 'x', often: 'never', version: '1' }),
  '/account/searches/:id/end': () => form({}),
  '/members/:key/api-keys': () => keyForm(),
  '/members/:key/api-keys/:id/end': () => form({}),
  '/reports': () => form({ id: newId(), about: '/', reason: 'other', claim: 'x' }),
  '/api/v1/reports': () => json({ id: newId(), about: '/', reason: 'other', claim: 'x' }),
  '/sign-in': () => form({ email: 'nobody@example.org', password: 'nobody knows this' }),
  '/sign-in/code': () => form({ code: '123456' }),
  '/sign-in/passkey': () => form({ response: '{}' }),
  '/sign-in/passkey/challenge': () => form({}),
  '/sign-in/openid': () => form({}),
  '/sign-out': () => form({}),
  '/password': () => form({ email: 'nobody@example.org' }),
  '/password/:token': () => form({ password: 'tea over seven bridges' }),
  '/first/:token': () => form({ email: 'nobody@example.org', name: 'x', password: strong }),
  '/join/:token': () => form({ name: 'Invited', password: strong }),
  '/terms/accept': () => form({ version: '1', agree: 'yes' }),
  '/account': () => form({ name: 'x', language: 'en' }),
  '/account/password': () => form({ current: strong, password: 'tea over seven bridges' }),
  '/account/openid': () => form({}),
  '/account/openid/join': () => form({}),
  '/account/openid/end': () => form({}),
  '/account/sessions/end': () => form({}),
  '/account/sessions/:id/end': () => form({}),
  '/account/proof': () => form({ current: strong }),
  '/account/proof/passkey': () => form({ response: '{}' }),
  '/account/proof/passkey/challenge': () => form({}),
  '/account/second-factor': () => form({ code: '123456' }),
  '/account/second-factor/setup': () => form({}),
  '/account/second-factor/recovery-codes': () => form({}),
  '/account/second-factor/end': () => form({}),
  '/account/passkeys': () => form({ name: 'x', response: '{}' }),
  '/account/passkeys/challenge': () => form({}),
  '/account/passkeys/:id/end': () => form({}),
  '/apply': ({ network }) =>
    form({
      id: newId(),
      network,
      name: 'Example Newcomer',
      original: 'en',
      kind: 'institute',
      country: 'VN',
      why: 'x',
      contact: 'Newcomer',
      email: 'newcomer@example.org',
    }),
  '/applications/:id/messages': ({ applicationVersion }) => form({ text: 'x', version: applicationVersion }),
  '/applications/:id/admission': ({ applicationVersion }) => form({ since: '2026-01-01', version: applicationVersion }),
  '/applications/:id/refusal': ({ applicationVersion }) => form({ reason: 'x', version: applicationVersion }),
  '/applications/:id/withdrawal': ({ applicationVersion }) => form({ version: applicationVersion }),
  '/members/:key/edit': ({ ownVersion }) => form({ kind: 'hospital', country: 'VN', original: 'en', version: ownVersion }),
  '/members/:key/edit/texts': ({ ownVersion }) => form({ language: 'en', name: 'Example Own Hospital', profile: 'x', version: ownVersion }),
  '/members/:key/logo': logo,
  '/members/:key/logo/end': () => form({}),
  '/members/:key/standing': ({ network, ownStanding }) => form({ network, state: 'suspended', reason: 'x', now: ownStanding }),
  '/members/:key/invitations': () => form({ email: 'x@example.org', role: 'admin' }),
  '/members/:key/invitations/:id/withdrawal': () => form({}),
  '/members/:key/roles/:id/end': () => form({}),
  '/members/:key/roles/:id/handover': ({ editor }) => form({ person: editor }),
  '/members/:key/roles/:id/deputies': ({ editor }) => form({ person: editor, from: inDays(1), until: inDays(5) }),
  '/organizations/:key/claim': ({ other }) => form({ id: newId(), member: other, evidence: 'x' }),
  '/claims/:id/verification': () => form({ version: '1' }),
  '/claims/:id/refusal': () => form({ reason: 'x', version: '1' }),
  '/claims/:id/end': ({ claimVersion }) => form({ reason: 'x', version: claimVersion }),
  '/claims/:id/withdrawal': () => form({}),
  '/desk/members': ({ network }) => form({ network, name: 'Example Entered', original: 'en', kind: 'hospital', country: 'VN', since: '2025-09-02' }),
  '/desk/networks/:key/invitations': () => form({ email: 'x@example.org', role: 'secretariat' }),
  '/desk/networks/:key/invitations/:id/withdrawal': () => form({}),
  '/desk/networks/:key/offices/:id/end': () => form({}),
  '/concepts/proposals': ({ own }) => form({ id: newId(), member: own, concept: 'dengue', en: 'breakbone fever', why: 'x' }),
  '/concepts/proposals/:id/withdrawal': () => form({ version: '1' }),
  '/concepts/:key/edit': () => form({ ...dengue, version: '1' }),
  '/concepts/:key/merger': () => form({ kept: 'hepatitis-b', reason: 'x', version: '1' }),
  '/concepts/:key/retirement': () => form({ reason: 'x', version: '1' }),
  '/concepts/:key/restoration': () => form({ reason: 'x', version: '2' }),
  '/desk/proposals/:id/acceptance': () => form({ ...dengue, proposal: '1', version: '1' }),
  '/desk/proposals/:id/refusal': () => form({ reason: 'x', version: '1' }),
  '/desk/corrections/:id/closure': () => form({ outcome: 'done', version: '1' }),
  '/desk/reports/:id/closure': () => form({ outcome: 'nothing', version: '1' }),
  '/desk/outbox/:id/retry': () => form({ attempts: '0' }),
  '/desk/outbox/:id/withdrawal': () => form({}),
  '/listings': ({ own }) => form({ id: newId(), member: own, direction: 'need', pillar: 'research', original: 'en', title: 'x' }),
  '/listings/:id/edit': ({ draftVersion }) => form(listingForm({ version: draftVersion })),
  ...Object.fromEntries(
    ['submission', 'sending', 'withdrawal'].map((noun) => [`/listings/:id/${noun}`, ({ draftVersion }: Targets) => form({ version: draftVersion })]),
  ),
  ...Object.fromEntries(['recall', 'publication'].map((noun) => [`/listings/:id/${noun}`, ({ waitingVersion }: Targets) => form({ version: waitingVersion })])),
  '/listings/:id/return': ({ waitingVersion }) => form({ version: waitingVersion, reason: 'x' }),
  ...Object.fromEntries(
    ['match', 'closure', 'revision'].map((noun) => [`/listings/:id/${noun}`, ({ listingVersion }: Targets) => form({ version: listingVersion })]),
  ),
  '/listings/:id/renewal': ({ listingVersion }) => form({ version: listingVersion, until: inDays(30) }),
  '/listings/:id/confidential': () => form({ text: 'x', language: 'en', version: '1' }),
  '/listings/:id/undertakings': ({ left }) => form({ id: newId(), member: left, signed_on: inDays(-1) }),
  '/listings/:id/undertakings/:undertaking/end': () => form({}),
  '/listings/:id/attachments': () => filesForm(attachmentForm('open')),
  '/listings/:id/attachments/:attachment/removal': () => form({}),
  '/listings/sheets': ({ own }) => filesForm(sheetForm({ id: newId(), member: own })),
  '/listings/sheets/:id/confirmation': () => form({}),
  ...Object.fromEntries(Object.entries(callBodies).map(([path, fields]) => [path, (targets: Targets) => form(fields(targets))])),
  '/listings/:id/matches/:other/feedback': () => form({ id: newId(), reason: 'country' }),
  '/listings/:id/matches/:other/feedback/end': () => form({}),
  '/desk/introductions': ({ openNumber }) => form({ id: newId(), listing: openNumber, other: secondNeed, note: 'x' }),
  '/desk/introductions/:id/end': () => form({}),
  '/api/v1/listings': ({ own }) => json({ id: newId(), member: own, direction: 'need', pillar: 'research', original: 'en', title: 'x' }),
  // The thing that stands at this address for reading is published, so that a patch of it is refused as stale to whoever may.
  '/api/v1/listings/:id': ({ listingVersion }) => json({ version: Number(listingVersion), timing: 'x' }),
  ...Object.fromEntries(
    ['submission', 'sending', 'withdrawal'].map((noun) => [
      `/api/v1/listings/:id/${noun}`,
      ({ draftVersion }: Targets) => json({ version: Number(draftVersion) }),
    ]),
  ),
  '/api/v1/listings/:id/recall': ({ waitingVersion }) => json({ version: Number(waitingVersion) }),
  ...Object.fromEntries(
    ['match', 'closure', 'revision'].map((noun) => [
      `/api/v1/listings/:id/${noun}`,
      ({ listingVersion }: Targets) => json({ version: Number(listingVersion) }),
    ]),
  ),
  '/api/v1/listings/:id/renewal': ({ listingVersion }) => json({ version: Number(listingVersion), until: inDays(30) }),
  '/listings/:id/takeover': () => form({ id: newId() }),
  '/listings/:id/interests': ({ own }) => form({ id: newId(), member: own, language: 'en', message: 'x' }),
  '/api/v1/listings/:id/attachments': () => ({ body: '%PDF-1.7\n%x\n%%EOF\n', headers: { 'content-type': 'application/octet-stream' } }),
  '/api/v1/listings/:id/attachments/:attachment/removal': () => json({}),
  '/api/v1/listings/:id/interests': ({ own }) => json({ id: newId(), member: own, language: 'en', message: 'x' }),
  '/api/v1/interests/:id/withdrawal': () => json({ version: 1 }),
  '/api/v1/interests/:id/acceptance': () => json({ version: 1, answer: 'x' }),
  '/interests/:id/acceptance': () => form({ version: '1', reply: 'x' }),
  '/api/v1/interests/:id/refusal': () => json({ version: 1, reason: 'not-now' }),
  '/interests/:id/withdrawal': () => form({ version: '1' }),
  '/interests/:id/refusal': () => form({ version: '1', reason: 'not-now' }),
  '/interests/:id/closure': () => form({ version: '1' }),
}

/** The body of a request to a route. @throws Error that says what to add */
export function bodyOf({ method, path }: Route, targets: Targets): Body | undefined {
  if (method === 'GET') return undefined
  const make = bodies[path]
  if (!make) throw new Error(`${method} ${path} has no row in the access grid: add what is sent to it to bodies in test/support/requests.ts`)
  return make(targets)
}

/** The routes for which something is sent, to be held against those that there are. */
export const writeRows = Object.keys(bodies)
