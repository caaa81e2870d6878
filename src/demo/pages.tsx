import { Hono } from 'hono'
import { enter, membersTexts, visitorOf } from '../modules/members/index.ts'
import { refuse } from '../platform/errors.ts'
import type { Env } from '../platform/http/context.ts'
import { viewOf } from '../platform/http/view.ts'
import { castOf } from './cast.ts'
import { readDemoSeeds } from './seeds.ts'
import { becomePerson } from './sign-in.ts'
import { CastPage } from './views.tsx'

/** Choosing who one is. A server has these pages only if it is handed them, and they let nobody in where the database is not marked. */
export function demoPages(): Hono<Env> {
  const groups = castOf(readDemoSeeds())
  const pages = new Hono<Env>()

  pages.get('/demo', (c) => c.html(<CastPage view={viewOf(c)} say={membersTexts[c.var.language]} groups={groups} />))

  pages.post('/demo', async (c) => {
    const { person } = await c.req.parseBody()
    const player = groups.flatMap(({ players }) => players).find(({ key }) => key === person)
    if (!player) throw refuse('not_found')
    const entry = await becomePerson(c.var.deps.database, c.var.actor, player.email, visitorOf(c))
    return enter(c, entry, player.home)
  })

  return pages
}
