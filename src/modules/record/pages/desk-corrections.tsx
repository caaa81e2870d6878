import { Hono } from 'hono'
import { refuse } from '../../../platform/errors.ts'
import { publicUrl, type Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { issuesOf, parseInput } from '../../../platform/issues.ts'
import { atDesk, closureInput, idOf, openFilter } from '../../members/index.ts'
import { closeCorrection } from '../actions/close-correction.ts'
import { mayReadCorrections } from '../policy.ts'
import { correctionOutcomes } from '../schema.ts'
import { pageOfCorrections, readCorrection } from '../store/corrections.ts'
import { DeskCorrectionPage, DeskCorrectionsPage } from '../views/desk-corrections.tsx'
import { recordView } from './lists.tsx'

/** What visitors say is wrong, for the desk. */
export const deskCorrectionPages = new Hono<Env>()

deskCorrectionPages.get('/desk/corrections', (c) =>
  atDesk(c, mayReadCorrections, async (person) => {
    const filter = parseInput(openFilter, c.req.query())
    const page = await c.var.deps.database.read(person, (db) => pageOfCorrections(db, filter))
    return c.html(<DeskCorrectionsPage {...recordView(c)} page={page} state={filter.state} />)
  }),
)

deskCorrectionPages.get('/desk/corrections/:id', (c) =>
  atDesk(c, mayReadCorrections, async (person) => {
    const correction = await c.var.deps.database.read(person, (db) => readCorrection(db, idOf(c)))
    if (!correction) throw refuse('not_found')
    return c.html(<DeskCorrectionPage {...recordView(c)} correction={correction} done={c.req.query('done') !== undefined} />)
  }),
)

deskCorrectionPages.post('/desk/corrections/:id/closure', (c) =>
  atDesk(c, mayReadCorrections, async (person) => {
    const { database, secrets } = c.var.deps
    const id = idOf(c)
    const form = await c.req.parseBody<Record<string, string>>()
    const typed = { outcome: form['outcome'], note: form['note'] }
    const parsed = closureInput(correctionOutcomes).safeParse(form, { reportInput: true })
    if (!parsed.success) {
      const correction = await database.read(person, (db) => readCorrection(db, id))
      if (!correction) throw refuse('not_found')
      return c.html(<DeskCorrectionPage {...recordView(c)} correction={correction} typed={typed} issues={issuesOf(parsed.error)} />, 422)
    }
    const other = await closeCorrection({ database, secrets, base: publicUrl(c) }, person, id, parsed.data)
    if (other) return c.html(<DeskCorrectionPage {...recordView(c)} correction={other} typed={typed} stale />, 409)
    return c.redirect(viewOf(c).link(`/desk/corrections/${id}?done`), 303)
  }),
)
