import { Hono } from 'hono'
import { refuse, type Issue } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { newId } from '../../../platform/id.ts'
import { parseInput } from '../../../platform/issues.ts'
import { listSaved, readSaved } from '../../../platform/search/saved.ts'
import { attempt, formOf, forPerson, idOf, statusOf, type Form } from '../../members/index.ts'
import { changeSearch, removeSearch, saveSearch } from '../actions/saved-searches.ts'
import { questionOf, savedChange, savedFilter, savedInput, searchInput } from '../schema.ts'
import { atlasTexts } from '../text/index.ts'
import { SavedPage, SaveFormPage, SavedSearchesPage } from '../views/saved-searches.tsx'

/** The searches that somebody keeps, below their account. */
export const savedPages = new Hono<Env>()

const home = '/account/searches'
const wordsOf = (c: Ctx) => ({ view: viewOf(c), say: atlasTexts[c.var.language] })
const leadHome = (c: Ctx, done: string) => c.redirect(viewOf(c).link(`${home}?done=${done}`), 303)

savedPages.get(
  home,
  forPerson(async (c, person) => {
    const { cursor, done } = parseInput(savedFilter, c.req.query())
    const page = await c.var.deps.database.read(person, (db) => listSaved(db, person.id, cursor))
    return c.html(<SavedSearchesPage {...wordsOf(c)} page={page} done={done} />)
  }),
)

function saveForm(c: Ctx, typed: Form, issues: readonly Issue[]) {
  const asked = searchInput.safeParse(typed)
  return <SaveFormPage {...wordsOf(c)} typed={typed} question={asked.success ? questionOf(asked.data) : undefined} issues={issues} />
}

savedPages.get(
  `${home}/new`,
  forPerson((c) => {
    const asked = parseInput(searchInput, c.req.query())
    const { page: _, ...kept } = asked
    const typed: Form = { id: newId(), name: asked.q, often: 'weekly' }
    for (const [field, value] of Object.entries(kept)) if (value !== undefined) typed[field] = value
    return c.html(saveForm(c, typed, []))
  }),
)

savedPages.post(
  home,
  forPerson(async (c, person) => {
    const typed = await formOf(c)
    const ended = await attempt(savedInput, typed, (input) => saveSearch(c.var.deps.database, person, input))
    return 'issues' in ended ? c.html(saveForm(c, typed, ended.issues), statusOf(ended)) : leadHome(c, 'saved')
  }),
)

async function changeForm(c: Ctx, id: string, typed: Form | undefined, wrong: { issues: readonly Issue[]; stale: boolean }) {
  const saved = await c.var.deps.database.read(c.var.actor, (db) => readSaved(db, id))
  if (!saved) throw refuse('not_found')
  return <SavedPage {...wordsOf(c)} saved={saved} typed={typed} {...wrong} />
}

savedPages.get(
  `${home}/:id`,
  forPerson(async (c) => c.html(await changeForm(c, idOf(c), undefined, { issues: [], stale: false }))),
)

savedPages.post(
  `${home}/:id`,
  forPerson(async (c, person) => {
    const typed = await formOf(c)
    const ended = await attempt(savedChange, typed, (input) => changeSearch(c.var.deps.database, person, idOf(c), input))
    return 'issues' in ended ? c.html(await changeForm(c, idOf(c), typed, ended), statusOf(ended)) : leadHome(c, 'changed')
  }),
)

savedPages.post(
  `${home}/:id/end`,
  forPerson(async (c, person) => {
    await removeSearch(c.var.deps.database, person, idOf(c))
    return leadHome(c, 'removed')
  }),
)
