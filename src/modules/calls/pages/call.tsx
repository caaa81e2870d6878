import { Hono } from 'hono'
import type { z } from 'zod'
import type { Person } from '../../../platform/access/actor.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { publicUrl, type Ctx, type Env } from '../../../platform/http/context.ts'
import { newId } from '../../../platform/id.ts'
import { attempt, forPerson, idOf, statusOf, type Hats } from '../../members/index.ts'
import { moveCall, postUpdate, type Typed as Moved } from '../actions/move.ts'
import { openCall } from '../actions/open.ts'
import { mayActFor, mayDo, mayRunCalls, mayTell, mayWrite } from '../policy.ts'
import { verbs, type Verb } from '../rules/lifecycle.ts'
import { actInput, closureInput, extensionInput, reasonInput, updateInput } from '../schema/calls.ts'
import { textOf } from '../schema/fields.ts'
import type { Call } from '../store/calls.ts'
import { listSteps } from '../store/lines.ts'
import { nouns } from '../views/acts.tsx'
import { CallPage } from '../views/call.tsx'
import type { Typed } from '../views/parts.tsx'
import { inputOf, namesFor, severalOf, wordsOf } from './present.ts'

/** One call: what is needed and how it goes, and what may be done with it. */
export const callPages = new Hono<Env>()

function rightsOf(hats: Hats, call: Call) {
  return {
    write: mayWrite(hats, call),
    tell: mayTell(hats, call),
    pledge: [...hats.roles.keys()].some((organization) => mayActFor(hats, organization) && organization !== call.organization?.id),
    pledges: hats.organizations.size > 0 || mayRunCalls(hats, call.network),
    verbs: verbs.filter((verb) => mayDo(hats, call, verb)),
  }
}
const nothing = { write: false, tell: false, pledge: false, pledges: false, verbs: [] }

async function page(c: Ctx, { issues = [], typed = {} }: { issues?: readonly Issue[]; typed?: Typed } = {}) {
  const found = await c.var.deps.database.read(c.var.actor, async (db) => {
    const { call, hats } = await openCall(db, idOf(c))
    const may = c.var.actor.kind === 'person' ? rightsOf(hats, call) : nothing
    return { call, may, names: await namesFor(c, db, call.lines), steps: await listSteps(db, call.id) }
  })
  return <CallPage {...wordsOf(c)} {...found} issues={issues} typed={typed} fresh={newId()} />
}

callPages.get('/calls/:id', async (c) => c.html(await page(c)))

/** A form below a call: what it reads, and what it does; afterwards, the call. */
function form<S extends z.ZodType>(path: string, schema: S, act: (c: Ctx, person: Person, input: z.output<S>) => Promise<void>) {
  callPages.post(
    `/calls/:id/${path}`,
    forPerson(async (c, person) => {
      const typed = await severalOf(c)
      const ended = await attempt(schema, inputOf(typed), (input) => act(c, person, input))
      if ('issues' in ended) {
        if (ended.stale) throw refuse('conflict_stale')
        return c.html(await page(c, { issues: ended.issues, typed }), statusOf(ended))
      }
      return c.redirect(wordsOf(c).view.link(path === nouns.open ? `/desk/calls/${idOf(c)}/broadcast` : `/calls/${idOf(c)}`), 303)
    }),
  )
}

const move = (c: Ctx, person: Person, verb: Verb, typed: Moved) => moveCall({ database: c.var.deps.database, base: publicUrl(c) }, person, idOf(c), verb, typed)

for (const verb of ['request', 'recall', 'open', 'withdraw'] as const) form(nouns[verb], actInput, (c, person, typed) => move(c, person, verb, typed))
form(nouns.return, reasonInput, (c, person, typed) => move(c, person, 'return', typed))
form(nouns.extend, extensionInput, (c, person, typed) => move(c, person, 'extend', typed))
form(nouns.close, closureInput, (c, person, typed) =>
  move(c, person, 'close', { version: typed.version, closed: { outcome: typed.outcome, original: typed.report_original, report: textOf(typed, 'report') } }),
)
form('updates', updateInput, (c, person, typed) =>
  postUpdate(c.var.deps.database, person, idOf(c), { id: typed.id, original: typed.original, text: textOf(typed, 'text') }),
)
