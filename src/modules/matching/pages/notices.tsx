import { Hono } from 'hono'
import { refuse } from '../../../platform/errors.ts'
import type { Env } from '../../../platform/http/context.ts'
import type { Section } from '../../../platform/http/sections.ts'
import { parseInput } from '../../../platform/issues.ts'
import { accountKind, attempt, formOf, forPerson, readHats } from '../../members/index.ts'
import { changeNotice, closeFeed, openFeed } from '../actions/notices.ts'
import { answersFor } from '../policy.ts'
import { noticeFilter, noticeInput } from '../schema.ts'
import { countFresh, readNotice } from '../store/news.ts'
import { FeedMadePage, NewsSection, NoticePage } from '../views/notices.tsx'
import { wordsOf } from './present.ts'

/** How somebody is told of what is found for their listings, below their account. */
export const noticePages = new Hono<Env>()

const home = '/account/matches'

noticePages.get(
  home,
  forPerson(async (c, person) => {
    const { done } = parseInput(noticeFilter, c.req.query())
    const notice = await c.var.deps.database.read(person, (db) => readNotice(db, person.id))
    return c.html(<NoticePage {...wordsOf(c)} notice={notice} done={done} />)
  }),
)

noticePages.post(
  home,
  forPerson(async (c, person) => {
    const ended = await attempt(noticeInput, await formOf(c), (input) => changeNotice(c.var.deps.database, person, input))
    // Its one field is a choice: what else comes was not sent by the form.
    if ('issues' in ended) throw refuse('invalid_input', {}, ended.issues)
    return c.redirect(wordsOf(c).view.link(`${home}?done=saved`), 303)
  }),
)

noticePages.post(
  `${home}/feed`,
  forPerson(async (c, person) => c.html(<FeedMadePage {...wordsOf(c)} secret={await openFeed(c.var.deps.database, person)} />)),
)

noticePages.post(
  `${home}/feed/end`,
  forPerson(async (c, person) => {
    await closeFeed(c.var.deps.database, person)
    return c.redirect(wordsOf(c).view.link(`${home}?done=closed`), 303)
  }),
)

/** Where somebody begins: how much is new for the listings that they answer for. */
export const newsSection: Section = {
  of: accountKind,
  async read(c, db) {
    const organizations = answersFor(await readHats(db))
    if (organizations.length === 0) return undefined
    return <NewsSection {...wordsOf(c)} fresh={await countFresh(db, organizations)} />
  },
}
