import { Hono } from 'hono'
import { z } from 'zod'
import { refuse } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { parseInput } from '../../../platform/issues.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { memberOfEntry, membersTexts } from '../../members/index.ts'
import { orKept } from '../actions/or-kept.ts'
import { readEntryAt } from '../actions/read-entry.ts'
import { entryKinds, key, plurals, timesFilter } from '../schema.ts'
import { relatedTo } from '../store/catalogue.ts'
import { readDispute } from '../store/disputes.ts'
import { readHolders } from '../store/ownership.ts'
import { listSupported, readSource } from '../store/sources.ts'
import { DisputePage } from '../views/disputes.tsx'
import { EntryPage } from '../views/entry.tsx'
import { SourcePage } from '../views/sources.tsx'
import { recordView } from './lists.tsx'

/** One thing of the record on a page. */
export const entryPages = new Hono<Env>()

for (const kind of entryKinds) {
  entryPages.get(`/${plurals[kind]}/:key`, async (c) => {
    const times = parseInput(timesFilter, c.req.query())
    const found = await orKept(c.var.deps.database, c.var.actor, kind, keyOf(c), async (db) => {
      const read = await readEntryAt(db, kind, keyOf(c), times)
      const ofMember = kind === 'organization' ? { sayMembers: membersTexts[c.var.language], member: await memberOfEntry(db, read.entry.id) } : undefined
      return {
        ...read,
        ...(ofMember && { ofMember }),
        related: await relatedTo(db, read.entry.id),
        ...(kind === 'venture' && { holders: await readHolders(db, read.entry.id) }),
      }
    })
    if ('keptKey' in found) return c.redirect(viewOf(c).link(`/${plurals[kind]}/${found.keptKey}`), 301)
    return c.html(<EntryPage {...recordView(c)} {...found} times={times} />)
  })
}

entryPages.get('/disputes/:key', async (c) => {
  const dispute = await c.var.deps.database.read(c.var.actor, (db) => readDispute(db, keyOf(c)))
  return c.html(<DisputePage {...recordView(c)} dispute={dispute} />)
})

entryPages.get('/sources/:key', async (c) => {
  const cursor = parseInput(z.object({ cursor: z.string().max(1000).optional() }), c.req.query()).cursor
  const found = await c.var.deps.database.read(c.var.actor, async (db) => {
    const source = await readSource(db, keyOf(c))
    return { source, supported: await listSupported(db, source.id, cursor) }
  })
  return c.html(<SourcePage {...recordView(c)} {...found} />)
})

/** The key in the address; one in a form that no key has is simply not there. */
export function keyOf(c: Ctx): string {
  const parsed = key.safeParse(c.req.param('key'))
  if (!parsed.success) throw refuse('not_found')
  return parsed.data
}
