import { Hono } from 'hono'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { newId } from '../../../platform/id.ts'
import { issuesOf } from '../../../platform/issues.ts'
import { report } from '../actions/reports.ts'
import { reportInput, sitePath } from '../schema.ts'
import { membersTexts } from '../text/index.ts'
import { ReportPage, ReportSentPage, type ReportTyped } from '../views/report.tsx'

/** Anybody says that a public page does harm. */
export const reportPages = new Hono<Env>()

const wordsOf = (c: Ctx) => ({ view: viewOf(c), say: membersTexts[c.var.language] })

reportPages.get('/reports/new', (c) => {
  // Its id is for one reader: two reports with the same would be one.
  c.header('Cache-Control', 'private, no-cache')
  return c.html(<ReportPage {...wordsOf(c)} typed={{ id: newId(), about: sitePath.safeParse(c.req.query('about')).data }} />)
})

reportPages.post('/reports', async (c) => {
  const form = await c.req.parseBody<Record<string, string>>()
  const parsed = reportInput.safeParse(form, { reportInput: true })
  if (!parsed.success) {
    const issues = issuesOf(parsed.error)
    // An id that is not one is the form's fault, not the reader's: it gets a new one.
    const typed: ReportTyped = { ...form, id: issues.some(({ path }) => path === 'id') ? newId() : String(form['id']) }
    return c.html(<ReportPage {...wordsOf(c)} typed={typed} issues={issues.filter(({ path }) => path !== 'id')} />, 422)
  }
  await report(c.var.deps.database, c.var.actor, parsed.data, c.var.language)
  return c.redirect(viewOf(c).link('/reports/sent'), 303)
})

reportPages.get('/reports/sent', (c) => c.html(<ReportSentPage {...wordsOf(c)} />))
