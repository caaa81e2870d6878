import { Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../../../platform/http/context.ts'
import { parseInput } from '../../../platform/issues.ts'
import { cursor, entryKinds, plurals } from '../schema.ts'
import { readHistory } from '../store/history.ts'
import { HistoryPage } from '../views/history.tsx'
import { keyOf } from './entries.tsx'
import { recordView } from './lists.tsx'

/** What became of the statements of an entry. */
export const historyPages = new Hono<Env>()

const changesOnPage = 100

for (const kind of entryKinds) {
  historyPages.get(`/${plurals[kind]}/:key/history`, async (c) => {
    const input = parseInput(z.object({ cursor }), c.req.query())
    const history = await c.var.deps.database.read(c.var.actor, (db) => readHistory(db, kind, keyOf(c), input.cursor, changesOnPage))
    return c.html(<HistoryPage {...recordView(c)} kind={kind} history={history} />)
  })
}
