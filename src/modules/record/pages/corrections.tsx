import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { newId } from '../../../platform/id.ts'
import { issuesOf } from '../../../platform/issues.ts'
import { suggestCorrection } from '../actions/suggest-correction.ts'
import { correctionInput } from '../schema.ts'
import { CorrectionPage, CorrectionSentPage, type CorrectionTyped } from '../views/correction.tsx'
import { recordView } from './lists.tsx'

/** A visitor says that something is wrong. */
export const correctionPages = new Hono<Env>()

correctionPages.get('/corrections/new', (c) => {
  // Its id is for one reader: two corrections with the same would be one.
  c.header('Cache-Control', 'private, no-cache')
  return c.html(<CorrectionPage {...recordView(c)} typed={{ id: newId(), about: c.req.query('about')?.slice(0, 300) }} />)
})

correctionPages.post('/corrections', async (c) => {
  const form = await c.req.parseBody<Record<string, string>>()
  const parsed = correctionInput.safeParse(form)
  if (!parsed.success) {
    const issues = issuesOf(parsed.error)
    // An id that is not one is the form's fault, not the reader's: it gets a new one.
    const typed = { ...(form as CorrectionTyped), id: issues.some(({ path }) => path === 'id') ? newId() : String(form['id']) }
    return c.html(<CorrectionPage {...recordView(c)} typed={typed} issues={issues.filter(({ path }) => path !== 'id')} />, 422)
  }
  await suggestCorrection(c.var.deps.database, c.var.actor, parsed.data, c.var.language)
  return c.redirect(recordView(c).view.link('/corrections/sent'), 303)
})

correctionPages.get('/corrections/sent', (c) => c.html(<CorrectionSentPage {...recordView(c)} />))
