import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { parseInput } from '../../../platform/issues.ts'
import { formOf, forPerson, idOf } from '../../members/index.ts'
import { withdrawProposal } from '../actions/proposals.ts'
import { proposalFilter, withdrawalInput } from '../schema.ts'
import { pageOfProposals } from '../store/proposals.ts'
import { OwnProposalsPage } from '../views/own-proposals.tsx'
import { vocabularyView } from './concepts.tsx'

/** What somebody has proposed, and taking it back. */
export const ownProposalPages = new Hono<Env>()

ownProposalPages.get(
  '/concepts/proposals',
  forPerson(async (c, person) => {
    const { done, ...query } = c.req.query()
    const filter = parseInput(proposalFilter, query)
    const page = await c.var.deps.database.read(person, (db) => pageOfProposals(db, { ...filter, person: person.id }))
    return c.html(<OwnProposalsPage {...vocabularyView(c)} page={page} state={filter.state} done={done !== undefined} />)
  }),
)

ownProposalPages.post(
  '/concepts/proposals/:id/withdrawal',
  forPerson(async (c, person) => {
    await withdrawProposal(c.var.deps.database, person, idOf(c), parseInput(withdrawalInput, await formOf(c)))
    return c.redirect(vocabularyView(c).view.link('/concepts/proposals?done'), 303)
  }),
)
