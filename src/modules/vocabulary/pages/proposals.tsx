import { Hono } from 'hono'
import type { Person } from '../../../platform/access/actor.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { publicUrl, type Ctx, type Env } from '../../../platform/http/context.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import { parseInput } from '../../../platform/issues.ts'
import { atDesk, attempt, formOf, forPerson, idOf, statusOf, type Form } from '../../members/index.ts'
import { acceptProposal, declineProposal, propose, proposesFor } from '../actions/proposals.ts'
import { mayCurate } from '../policy.ts'
import { acceptanceInput, conceptKey, declineInput, proposalFilter, proposalInput } from '../schema.ts'
import { readConcept } from '../store/concepts.ts'
import { pageOfProposals, readProposal, type Proposal } from '../store/proposals.ts'
import { typedOf, type Typed } from '../views/concept-form.tsx'
import { ProposalPage, ProposalSentPage, ProposalsPage, ProposePage } from '../views/proposals.tsx'
import { vocabularyView } from './concepts.tsx'

/** What editors of members propose, and what becomes of it. */
export const proposalPages = new Hono<Env>()

const depsOf = (c: Ctx) => ({ ...c.var.deps, base: publicUrl(c) })

async function formPage(c: Ctx, person: Person, typed: Typed, issues: readonly Issue[] = []) {
  const key = conceptKey.safeParse(typed['concept']).data
  const found = await c.var.deps.database.read(person, async (db) => ({
    acting: await proposesFor(db, person),
    concept: key === undefined ? undefined : await readConcept(db, key),
  }))
  return <ProposePage {...vocabularyView(c)} {...found} typed={typed} issues={issues} />
}

const ownForm = forPerson(async (c, person) =>
  c.html(await formPage(c, person, { id: newId(), concept: c.req.query('concept'), broader: c.req.query('broader')?.slice(0, 120) })),
)

proposalPages.get('/concepts/proposals/new', (c) =>
  c.var.actor.kind === 'person' ? ownForm(c) : c.html(<ProposePage {...vocabularyView(c)} acting={undefined} concept={undefined} typed={{}} />),
)

proposalPages.get('/concepts/proposals/sent', (c) => c.html(<ProposalSentPage {...vocabularyView(c)} />))

proposalPages.post(
  '/concepts/proposals',
  forPerson(async (c, person) => {
    const typed = await formOf(c)
    const ended = await attempt(proposalInput, typed, (input) => propose(depsOf(c), person, input, c.var.language))
    if (!('issues' in ended)) return c.redirect(vocabularyView(c).view.link('/concepts/proposals/sent'), 303)
    // An id that is not one is the form's fault, not the reader's: it gets a new one.
    const isOld = !ended.issues.some(({ path }) => path === 'id')
    return c.html(
      await formPage(
        c,
        person,
        { ...typed, id: isOld ? typed['id'] : newId() },
        ended.issues.filter(({ path }) => path !== 'id'),
      ),
      statusOf(ended),
    )
  }),
)

proposalPages.get('/desk/proposals', (c) =>
  atDesk(c, mayCurate, async (person) => {
    const filter = parseInput(proposalFilter, c.req.query())
    const page = await c.var.deps.database.read(person, (db) => pageOfProposals(db, filter))
    return c.html(<ProposalsPage {...vocabularyView(c)} page={page} state={filter.state} />)
  }),
)

/** @param shown what was typed and what is wrong with it, when the form comes back */
async function deskPage(c: Ctx, person: Person, shown: { typed?: Form; issues?: readonly Issue[]; done?: boolean } = {}) {
  const { proposal, concept } = await c.var.deps.database.read(person, async (db) => {
    const found = await readProposal(db, idOf(c))
    if (!found) throw refuse('not_found')
    return { proposal: found, concept: found.concept === null ? undefined : await readConcept(db, found.concept.key) }
  })
  const typed = { ...withProposed(typedOf(concept), proposal), ...shown.typed, version: String(concept?.version ?? 0) }
  return <ProposalPage {...vocabularyView(c)} proposal={proposal} typed={typed} issues={shown.issues ?? []} done={shown.done ?? false} />
}

/** The concept as it would be: with the labels that are proposed after its own. */
function withProposed(typed: Typed, { labels, broader }: Proposal): Typed {
  const joined = languages.map((language) => [language, [typed[language], labels[language]?.split(' | ').join('\n')].filter(Boolean).join('\n')])
  return { ...typed, ...Object.fromEntries(joined), ...(broader !== null && { broader: broader.key }) }
}

proposalPages.get('/desk/proposals/:id', (c) =>
  atDesk(c, mayCurate, async (person) => c.html(await deskPage(c, person, { done: c.req.query('done') !== undefined }))),
)

const decided = (c: Ctx) => c.redirect(vocabularyView(c).view.link(`/desk/proposals/${idOf(c)}?done`), 303)
proposalPages.post('/desk/proposals/:id/acceptance', (c) =>
  atDesk(c, mayCurate, async (person) => {
    const typed = await formOf(c)
    const ended = await attempt(acceptanceInput, typed, (input) => acceptProposal(depsOf(c), person, idOf(c), input))
    return 'issues' in ended ? c.html(await deskPage(c, person, { typed, issues: ended.issues }), statusOf(ended)) : decided(c)
  }),
)

proposalPages.post('/desk/proposals/:id/refusal', (c) =>
  atDesk(c, mayCurate, async (person) => {
    const typed = await formOf(c)
    const ended = await attempt(declineInput, typed, (input) => declineProposal(depsOf(c), person, idOf(c), input))
    const { reason = '' } = typed
    return 'issues' in ended ? c.html(await deskPage(c, person, { typed: { reason }, issues: ended.issues }), statusOf(ended)) : decided(c)
  }),
)
