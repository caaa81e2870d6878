import { Hono } from 'hono'
import { z } from 'zod'
import { countWaiting, deskOf } from '../../../platform/desk.ts'
import { refuse } from '../../../platform/errors.ts'
import { publicUrl, type Ctx, type Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { issuesOf, parseInput } from '../../../platform/issues.ts'
import { listOutbox } from '../../../platform/mail/outbox.ts'
import { openMail, sendAgain, takeBack } from '../actions/outbox.ts'
import { closeReport } from '../actions/reports.ts'
import { mayReadOutbox, mayRunDesk } from '../policy.ts'
import { closureInput, mailRetry, outboxFilter, reportFilter, reportOutcomes } from '../schema.ts'
import { listReports, readReport } from '../store/reports.ts'
import { membersTexts } from '../text/index.ts'
import { DeskPage } from '../views/desk.tsx'
import { MailPage, OutboxPage } from '../views/outbox.tsx'
import { ReportDeskPage, ReportsPage } from '../views/reports.tsx'
import { atDesk } from './at-desk.ts'
import { idOf } from './signed-in.ts'

/** The desk: what waits for those who run the network and the instance. */
export const deskPages = new Hono<Env>()

const wordsOf = (c: Ctx) => ({ view: viewOf(c), say: membersTexts[c.var.language] })
/** Whoever is shown any page of the desk. */
const anyPage = (c: Ctx) => () => deskOf(c.var.deps.desk, c.var.actor).length > 0

deskPages.get('/desk', (c) =>
  atDesk(c, anyPage(c), async (person) => {
    const waiting = await c.var.deps.database.read(person, (db) => countWaiting(db, deskOf(c.var.deps.desk, person)))
    return c.html(<DeskPage {...wordsOf(c)} waiting={waiting} />)
  }),
)

deskPages.get('/desk/outbox', (c) =>
  atDesk(c, mayReadOutbox, async (person) => {
    const filter = parseInput(outboxFilter, c.req.query())
    const page = await c.var.deps.database.read(person, (db) => listOutbox(db, filter))
    const done = z.enum(['retry', 'withdrawal']).optional().catch(undefined).parse(c.req.query('done'))
    const words = wordsOf(c)
    // What has been done is said once, not on the next page of the list too.
    words.view.query.delete('done')
    return c.html(<OutboxPage {...words} page={page} state={filter.state} hasServer={c.var.deps.config.smtp !== undefined} done={done} />)
  }),
)

deskPages.get('/desk/outbox/:id', (c) =>
  atDesk(c, mayReadOutbox, async (person) => {
    const { mail, body } = await openMail(c.var.deps, person, idOf(c))
    // It may hold a link that lets somebody in: nothing keeps the page.
    c.header('Cache-Control', 'private, no-store')
    return c.html(<MailPage {...wordsOf(c)} mail={mail} body={body} />)
  }),
)

deskPages.post('/desk/outbox/:id/retry', (c) =>
  atDesk(c, mayReadOutbox, async (person) => {
    const { attempts } = parseInput(mailRetry, await c.req.parseBody())
    await sendAgain(c.var.deps.database, person, idOf(c), attempts)
    return c.redirect(viewOf(c).link('/desk/outbox?done=retry'), 303)
  }),
)

deskPages.post('/desk/outbox/:id/withdrawal', (c) =>
  atDesk(c, mayReadOutbox, async (person) => {
    await takeBack(c.var.deps.database, person, idOf(c))
    return c.redirect(viewOf(c).link('/desk/outbox?done=withdrawal'), 303)
  }),
)

deskPages.get('/desk/reports', (c) =>
  atDesk(c, mayRunDesk, async (person) => {
    const filter = parseInput(reportFilter, c.req.query())
    const page = await c.var.deps.database.read(person, (db) => listReports(db, filter))
    return c.html(<ReportsPage {...wordsOf(c)} page={page} filter={filter} />)
  }),
)

deskPages.get('/desk/reports/:id', (c) =>
  atDesk(c, mayRunDesk, async (person) => {
    const report = await c.var.deps.database.read(person, (db) => readReport(db, idOf(c)))
    if (!report) throw refuse('not_found')
    return c.html(<ReportDeskPage {...wordsOf(c)} report={report} done={c.req.query('done') !== undefined} />)
  }),
)

deskPages.post('/desk/reports/:id/closure', (c) =>
  atDesk(c, mayRunDesk, async (person) => {
    const { database, secrets } = c.var.deps
    const id = idOf(c)
    const form = await c.req.parseBody<Record<string, string>>()
    const typed = { outcome: form['outcome'], note: form['note'] }
    const parsed = closureInput(reportOutcomes).safeParse(form, { reportInput: true })
    if (!parsed.success) {
      const report = await database.read(person, (db) => readReport(db, id))
      if (!report) throw refuse('not_found')
      return c.html(<ReportDeskPage {...wordsOf(c)} report={report} typed={typed} issues={issuesOf(parsed.error)} />, 422)
    }
    const other = await closeReport({ database, secrets, base: publicUrl(c) }, person, id, parsed.data)
    if (other) return c.html(<ReportDeskPage {...wordsOf(c)} report={other} typed={typed} stale />, 409)
    return c.redirect(viewOf(c).link(`/desk/reports/${id}?done`), 303)
  }),
)
