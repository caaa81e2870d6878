import { Hono } from 'hono'
import type { Person } from '../../../platform/access/actor.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { parseInput } from '../../../platform/issues.ts'
import { atDesk, attempt, forPerson, formOf, idOf, openFilter, readDirectory, readHats, statusOf, type Form } from '../../members/index.ts'
import { decideInterest, openInterest, type Move } from '../actions/interests.ts'
import { mayAnswerInterest, mayReview, mayWithdrawInterest } from '../policy.ts'
import { acceptanceInput, declineInput, handledInput, interestFilter } from '../schema/interests.ts'
import { actInput } from '../schema/listings.ts'
import { listAtDesk, listInterests } from '../store/interests.ts'
import { DeskInterestsPage, InterestPage, InterestsPage } from '../views/interests.tsx'
import { wordsOf } from './present.ts'

/** Interests in listings: those of a member, received and sent; those at the desk; and one, with what may be done about it. */
export const interestPages = new Hono<Env>()

interestPages.get(
  '/members/:key/interests',
  forPerson(async (c, person) => {
    const { side, cursor } = parseInput(interestFilter, c.req.query())
    const found = await c.var.deps.database.read(person, async (db) => {
      const organization = await readDirectory.readOrganization(db, { key: c.req.param('key') ?? '' })
      // Others would see an empty list, and might take it for the truth.
      if (!organization || !(await readHats(db)).organizations.has(organization.id)) throw refuse('not_found')
      return { organization, list: await listInterests(db, organization.id, side, cursor) }
    })
    return c.html(<InterestsPage {...wordsOf(c)} {...found} side={side} />)
  }),
)

interestPages.get('/desk/interests', (c) =>
  atDesk(c, mayReview, async (person) => {
    const { state, cursor } = parseInput(openFilter, c.req.query())
    const list = await c.var.deps.database.read(person, (db) => listAtDesk(db, state, cursor))
    return c.html(<DeskInterestsPage {...wordsOf(c)} list={list} state={state} />)
  }),
)

type Shown = { issues?: readonly Issue[]; typed?: Form; stale?: boolean }

async function page(c: Ctx, person: Person, { issues = [], typed = {}, stale = false }: Shown = {}) {
  const { interest, hats } = await openInterest(c.var.deps.database, person, idOf(c))
  const may = { withdraw: mayWithdrawInterest(hats, interest), answer: mayAnswerInterest(hats, interest) }
  return <InterestPage {...wordsOf(c)} interest={interest} may={may} issues={issues} typed={typed} stale={stale} />
}

interestPages.get(
  '/interests/:id',
  forPerson(async (c, person) => c.html(await page(c, person))),
)

/** A form below an interest that decides about it; afterwards, the interest. */
function decide(
  noun: string,
  schema: typeof actInput | typeof acceptanceInput | typeof declineInput | typeof handledInput,
  to: Parameters<typeof decideInterest>[3],
) {
  interestPages.post(
    `/interests/:id/${noun}`,
    forPerson(async (c, person) => {
      const typed = await formOf(c)
      const decided = await attempt(schema, typed, (input) => {
        const { reply, ...move } = input as Move & { reply?: string }
        return decideInterest(c.var.deps.database, person, idOf(c), to, { answer: reply, ...move })
      })
      if ('issues' in decided) return c.html(await page(c, person, { issues: decided.issues, typed, stale: decided.stale }), statusOf(decided))
      return c.redirect(wordsOf(c).view.link(`/interests/${idOf(c)}`), 303)
    }),
  )
}

decide('withdrawal', actInput, 'withdrawn')
decide('acceptance', acceptanceInput, 'accepted')
decide('refusal', declineInput, 'declined')
decide('closure', handledInput, 'handled')
