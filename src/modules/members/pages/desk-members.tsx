import { Hono } from 'hono'
import { z } from 'zod'
import type { Person } from '../../../platform/access/actor.ts'
import type { Scope } from '../../../platform/db/database.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { publicUrl, type Ctx, type Env } from '../../../platform/http/context.ts'
import { parseInput } from '../../../platform/issues.ts'
import { endOfficeOf, inviteOfficer, withdrawOfficerInvitation } from '../actions/offices.ts'
import { changeStanding, enterMember } from '../actions/standings.ts'
import { mayAppoint, mayRunNetwork, mayRunSomeNetwork } from '../policy.ts'
import type { Hats } from '../rules/hats.ts'
import { applicationStates } from '../schema/kinds.ts'
import { enterInput, nothingInput, officerInput, standingInput } from '../schema/organizations.ts'
import { listApplications } from '../store/applications.ts'
import { claimStates, listClaims } from '../store/claims.ts'
import { dayOf, readNow } from '../store/clock.ts'
import { readHats } from '../store/hats.ts'
import { listInvitations } from '../store/invitations.ts'
import { listNetworks, listOfficers } from '../store/networks.ts'
import { readOrganization } from '../store/organizations.ts'
import { withoutAdmin } from '../store/roles.ts'
import { readReasons } from '../store/standings.ts'
import { CrewPage, EnterMemberPage, NetworksPage, StandingPage } from '../views/desk-forms.tsx'
import { ClaimsPage, DeskMembersPage, QueuePage } from '../views/desk-lists.tsx'
import { attempt, formOf, forPerson, idOf, keyOf, statusOf, wordsOf, type Form } from './signed-in.ts'

/** Where the secretariat admits and looks after members. To everybody else none of it is there. */
export const deskMemberPages = new Hono<Env>()

const cursor = z.string().max(1000).optional()
const queueFilter = z.object({ state: z.enum(['open', ...applicationStates]).default('open'), cursor })
const claimFilter = z.object({ state: z.enum([...claimStates, 'all']).default('sent'), cursor })

/** Reads for a desk. @throws Refusal `not_found` for who runs none */
const atDesk = <T,>(c: Ctx, person: Person, read: (db: Scope, hats: Hats) => Promise<T>): Promise<T> =>
  c.var.deps.database.read(person, async (db) => {
    const hats = await readHats(db)
    if (!mayRunSomeNetwork(hats)) throw refuse('not_found')
    return read(db, hats)
  })

deskMemberPages.get(
  '/desk/applications',
  forPerson(async (c, person) => {
    const { state, cursor: from } = parseInput(queueFilter, c.req.query())
    const states = state === 'open' ? (['sent', 'asked', 'answered'] as const) : [state]
    const found = await atDesk(c, person, async (db) => ({
      list: await listApplications(db, { states, cursor: from }),
      severalNetworks: (await listNetworks(db)).length > 1,
    }))
    return c.html(<QueuePage {...wordsOf(c)} {...found} state={state} />)
  }),
)

deskMemberPages.get(
  '/desk/claims',
  forPerson(async (c, person) => {
    const { state, cursor: from } = parseInput(claimFilter, c.req.query())
    const list = await atDesk(c, person, (db) => listClaims(db, { state: state === 'all' ? undefined : state, cursor: from }))
    return c.html(<ClaimsPage {...wordsOf(c)} list={list} state={state} />)
  }),
)

deskMemberPages.get(
  '/desk/members',
  forPerson(async (c, person) => {
    const orphans = await atDesk(c, person, (db) => withoutAdmin(db, 100))
    return c.html(<DeskMembersPage {...wordsOf(c)} orphans={orphans} />)
  }),
)

async function enterPage(c: Ctx, person: Person, shown: { issues?: readonly Issue[]; typed?: Form } = {}) {
  const found = await atDesk(c, person, async (db, hats) => ({
    networks: (await listNetworks(db)).filter(({ id }) => mayRunNetwork(hats, id)),
    today: dayOf(await readNow(db)),
  }))
  return <EnterMemberPage {...wordsOf(c)} {...found} {...shown} />
}

deskMemberPages.get(
  '/desk/members/new',
  forPerson(async (c, person) => c.html(await enterPage(c, person))),
)

deskMemberPages.post(
  '/desk/members',
  forPerson(async (c, person) => {
    const typed = await formOf(c)
    const ended = await attempt(enterInput, typed, ({ name, english, original, website, ror, gln, lei, ...input }) =>
      enterMember(c.var.deps.database, person, {
        ...input,
        name: { [original]: name, ...(english !== undefined && original !== 'en' && { en: english }) },
        original,
        website: website ?? null,
        ror: ror ?? null,
        gln: gln ?? null,
        lei: lei ?? null,
      }),
    )
    if ('issues' in ended) return c.html(await enterPage(c, person, { issues: ended.issues, typed }), statusOf(ended))
    return c.redirect(wordsOf(c).view.link(`/members/${ended.done}/people`), 303)
  }),
)

async function standingPage(c: Ctx, person: Person, shown: { issues?: readonly Issue[]; typed?: Form } = {}) {
  const found = await atDesk(c, person, async (db, hats) => {
    const organization = await readOrganization(db, { key: keyOf(c) })
    if (!organization) throw refuse('not_found')
    const desks = new Set(organization.standings.map(({ network }) => network).filter((network) => mayRunNetwork(hats, network)))
    return { organization, desks, reasons: await readReasons(db, organization.id) }
  })
  return <StandingPage {...wordsOf(c)} {...found} {...shown} />
}

deskMemberPages.get(
  '/members/:key/standing',
  forPerson(async (c, person) => c.html(await standingPage(c, person))),
)

deskMemberPages.post(
  '/members/:key/standing',
  forPerson(async (c, person) => {
    const typed = await formOf(c)
    const ended = await attempt(standingInput, typed, (input) => changeStanding(c.var.deps, person, keyOf(c), input, publicUrl(c)))
    if ('issues' in ended) return c.html(await standingPage(c, person, { issues: ended.issues, typed }), statusOf(ended))
    return c.redirect(wordsOf(c).view.link(`/members/${keyOf(c)}/standing`), 303)
  }),
)

deskMemberPages.get(
  '/desk/networks',
  forPerson(async (c, person) => {
    const networks = await atDesk(c, person, async (db, hats) => (await listNetworks(db)).filter(({ id }) => mayRunNetwork(hats, id)))
    return c.html(<NetworksPage {...wordsOf(c)} networks={networks} />)
  }),
)

async function crewPage(c: Ctx, person: Person, shown: { issues?: readonly Issue[]; typed?: Form } = {}) {
  const found = await atDesk(c, person, async (db, hats) => {
    const network = (await listNetworks(db)).find(({ key, id }) => key === keyOf(c) && mayRunNetwork(hats, id))
    if (!network) throw refuse('not_found')
    const may = mayAppoint(hats, network.id)
    return {
      network,
      may,
      now: await readNow(db),
      officers: await listOfficers(db, network.id),
      invitations: may ? await listInvitations(db, { networkId: network.id }) : [],
    }
  })
  return <CrewPage {...wordsOf(c)} {...found} {...shown} />
}

deskMemberPages.get(
  '/desk/networks/:key',
  forPerson(async (c, person) => c.html(await crewPage(c, person))),
)

function crewChange<S extends z.ZodType>(path: string, schema: S, act: (c: Ctx, person: Person, input: z.output<S>) => Promise<void>) {
  deskMemberPages.post(
    `/desk/networks/:key/${path}`,
    forPerson(async (c, person) => {
      const typed = await formOf(c)
      const ended = await attempt(schema, typed, (input) => act(c, person, input))
      if ('issues' in ended) return c.html(await crewPage(c, person, { issues: ended.issues, typed }), statusOf(ended))
      return c.redirect(wordsOf(c).view.link(`/desk/networks/${keyOf(c)}`), 303)
    }),
  )
}

crewChange('invitations', officerInput, (c, person, input) => inviteOfficer(c.var.deps, person, keyOf(c), input, c.var.language, publicUrl(c)))
crewChange('invitations/:id/withdrawal', nothingInput, (c, person) => withdrawOfficerInvitation(c.var.deps.database, person, keyOf(c), idOf(c)))
crewChange('offices/:id/end', nothingInput, (c, person) => endOfficeOf(c.var.deps.database, person, keyOf(c), idOf(c)))
