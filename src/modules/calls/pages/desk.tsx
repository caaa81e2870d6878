import { Hono } from 'hono'
import type { Person } from '../../../platform/access/actor.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { issuesOf, parseInput } from '../../../platform/issues.ts'
import { atDesk, attempt, idOf, statusOf } from '../../members/index.ts'
import { broadcast } from '../actions/broadcast.ts'
import { openCall } from '../actions/open.ts'
import { mayReadQueue, mayTell } from '../policy.ts'
import { broadcastInput, deskFilter } from '../schema/calls.ts'
import { cursorFilter } from '../schema/fields.ts'
import { countReach } from '../store/broadcast.ts'
import { listDesk } from '../store/lists.ts'
import { listPledges } from '../store/pledges.ts'
import { BroadcastPage, QueuePage, WaitingPledgesPage } from '../views/desk.tsx'
import type { Typed } from '../views/parts.tsx'
import { inputOf, severalOf, wordsOf } from './present.ts'

/** Calls at the desk: what waits, and to whom an open one is made known. */
export const deskPages = new Hono<Env>()

deskPages.get('/desk/calls', (c) =>
  atDesk(c, mayReadQueue, async (person) => {
    const filter = parseInput(deskFilter, c.req.query())
    const list = await c.var.deps.database.read(person, (db) => listDesk(db, filter))
    return c.html(<QueuePage {...wordsOf(c)} list={list} filter={filter} />)
  }),
)

deskPages.get('/desk/pledges', (c) =>
  atDesk(c, mayReadQueue, async (person) => {
    const { cursor } = parseInput(cursorFilter, c.req.query())
    const list = await c.var.deps.database.read(person, (db) => listPledges(db, { waiting: true }, cursor))
    return c.html(<WaitingPledgesPage {...wordsOf(c)} list={list} />)
  }),
)

async function page(c: Ctx, person: Person, typed: Typed, given: readonly Issue[] = []) {
  const parsed = broadcastInput.safeParse(inputOf(typed), { reportInput: true })
  const issues = parsed.success ? given : issuesOf(parsed.error)
  const found = await c.var.deps.database.read(person, async (db) => {
    const { call, hats } = await openCall(db, idOf(c))
    if (!mayTell(hats, call)) throw refuse('forbidden')
    return { call, reach: await countReach(db, call, parsed.success ? parsed.data : { kinds: [], countries: [] }) }
  })
  return { html: <BroadcastPage {...wordsOf(c)} {...found} typed={typed} issues={issues} />, isWrong: issues.length > 0 }
}

deskPages.get('/desk/calls/:id/broadcast', (c) =>
  atDesk(c, mayReadQueue, async (person) => {
    const { html, isWrong } = await page(c, person, c.req.queries())
    return c.html(html, isWrong ? 422 : 200)
  }),
)

deskPages.post('/desk/calls/:id/broadcast', (c) =>
  atDesk(c, mayReadQueue, async (person) => {
    const typed = await severalOf(c)
    const ended = await attempt(broadcastInput, inputOf(typed), (input) => broadcast(c.var.deps.database, person, idOf(c), input))
    if ('issues' in ended) return c.html((await page(c, person, typed, ended.issues)).html, statusOf(ended))
    return c.redirect(wordsOf(c).view.link(`/desk/calls/${idOf(c)}/broadcast`), 303)
  }),
)
