import { Hono } from 'hono'
import type { Person } from '../../../platform/access/actor.ts'
import type { Issue } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { newId } from '../../../platform/id.ts'
import { parseInput } from '../../../platform/issues.ts'
import { atDesk, attempt, formOf, idOf, statusOf } from '../../members/index.ts'
import { introduce, withdrawIntroduction } from '../actions/introduce.ts'
import { mayReadIntroductions } from '../policy.ts'
import { introductionInput, matchFilter } from '../schema.ts'
import { listIntroductions } from '../store/introductions.ts'
import { IntroductionsPage } from '../views/introductions.tsx'
import { wordsOf } from './present.ts'

/** What the secretariat brings together by hand. */
export const introductionPages = new Hono<Env>()

async function page(c: Ctx, person: Person, typed: Record<string, string> = {}, issues: readonly Issue[] = []) {
  const { cursor } = parseInput(matchFilter, c.req.query())
  const list = await c.var.deps.database.read(person, (db) => listIntroductions(db, cursor))
  return <IntroductionsPage {...wordsOf(c)} list={list} typed={typed} issues={issues} fresh={newId()} />
}

introductionPages.get('/desk/introductions', (c) => atDesk(c, mayReadIntroductions, async (person) => c.html(await page(c, person))))

introductionPages.post('/desk/introductions', (c) =>
  atDesk(c, mayReadIntroductions, async (person) => {
    const typed = await formOf(c)
    const ended = await attempt(introductionInput, typed, (input) => introduce(c.var.deps.database, person, input))
    if ('issues' in ended) return c.html(await page(c, person, typed, ended.issues), statusOf(ended))
    return c.redirect(wordsOf(c).view.link('/desk/introductions'), 303)
  }),
)

introductionPages.post('/desk/introductions/:id/end', (c) =>
  atDesk(c, mayReadIntroductions, async (person) => {
    await withdrawIntroduction(c.var.deps.database, person, idOf(c))
    return c.redirect(wordsOf(c).view.link('/desk/introductions'), 303)
  }),
)
