import { Hono } from 'hono'
import type { z } from 'zod'
import type { Person } from '../../../platform/access/actor.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { publicUrl, type Ctx, type Env } from '../../../platform/http/context.ts'
import { appointDeputy, endRole, handOver, invite, withdrawInvitation } from '../actions/roles.ts'
import { maySayWhoActs, maySeePeople } from '../policy.ts'
import { deputyInput, handoverInput, invitationInput, nothingInput } from '../schema/organizations.ts'
import { readNow } from '../store/clock.ts'
import { readHats } from '../store/hats.ts'
import { listInvitations } from '../store/invitations.ts'
import { readOrganization } from '../store/organizations.ts'
import { listRoles } from '../store/roles.ts'
import { PeoplePage } from '../views/people.tsx'
import { attempt, formOf, forPerson, idOf, keyOf, statusOf, wordsOf, type Form } from './signed-in.ts'

/** Who acts for an organization. */
export const peoplePages = new Hono<Env>()

async function page(c: Ctx, person: Person, shown: { change?: string | undefined; issues?: readonly Issue[]; typed?: Form } = {}) {
  const found = await c.var.deps.database.read(person, async (db) => {
    const organization = await readOrganization(db, { key: keyOf(c) })
    const hats = await readHats(db)
    // Who does not belong to it learns no more than that there is such an organization, which everybody knows.
    if (!organization || !maySeePeople(hats, organization)) throw refuse(organization ? 'forbidden' : 'not_found')
    const may = maySayWhoActs(hats, organization)
    const invitations = may ? await listInvitations(db, { organizationId: organization.id }) : []
    return { organization, may, invitations, held: await listRoles(db, organization.id), now: await readNow(db) }
  })
  return <PeoplePage {...wordsOf(c)} {...found} {...shown} />
}

peoplePages.get(
  '/members/:key/people',
  forPerson(async (c, person) => c.html(await page(c, person, { change: c.req.query('change') }))),
)

/** A change of who acts for an organization; it ends on the page that shows it. */
function change<S extends z.ZodType>(path: string, schema: S, act: (c: Ctx, person: Person, input: z.output<S>) => Promise<void>) {
  peoplePages.post(
    `/members/:key/${path}`,
    forPerson(async (c, person) => {
      const typed = await formOf(c)
      const ended = await attempt(schema, typed, (input) => act(c, person, input))
      if ('issues' in ended)
        return c.html(await page(c, person, { change: path.startsWith('roles/') ? idOf(c) : undefined, issues: ended.issues, typed }), statusOf(ended))
      return c.redirect(wordsOf(c).view.link(`/members/${keyOf(c)}/people`), 303)
    }),
  )
}

change('invitations', invitationInput, (c, person, input) => invite(c.var.deps, person, keyOf(c), input, c.var.language, publicUrl(c)))
change('invitations/:id/withdrawal', nothingInput, (c, person) => withdrawInvitation(c.var.deps.database, person, keyOf(c), idOf(c)))
change('roles/:id/end', nothingInput, (c, person) => endRole(c.var.deps.database, person, keyOf(c), idOf(c)))
change('roles/:id/handover', handoverInput, (c, person, input) => handOver(c.var.deps.database, person, keyOf(c), idOf(c), input.person))
change('roles/:id/deputies', deputyInput, (c, person, input) => appointDeputy(c.var.deps.database, person, keyOf(c), idOf(c), input))
