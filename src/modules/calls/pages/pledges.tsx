import { Hono } from 'hono'
import type { z } from 'zod'
import type { Person } from '../../../platform/access/actor.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { publicUrl, type Ctx, type Env } from '../../../platform/http/context.ts'
import { newId } from '../../../platform/id.ts'
import { parseInput } from '../../../platform/issues.ts'
import { attempt, forPerson, idOf, readHats, statusOf } from '../../members/index.ts'
import { accept, decline, deliver } from '../actions/decide.ts'
import { openCall, openPledge } from '../actions/open.ts'
import { change, pledge, withdraw } from '../actions/pledges.ts'
import { mayDoPledge } from '../policy.ts'
import { pledgeVerbs } from '../rules/pledges.ts'
import { actInput } from '../schema/calls.ts'
import { cursorFilter } from '../schema/fields.ts'
import { acceptanceInput, deliveryInput, pledgeChange, pledgeInput, refusalInput } from '../schema/pledges.ts'
import { today } from '../../../platform/db/days.ts'
import { listDeliveries, listPledges } from '../store/pledges.ts'
import { one, type Typed } from '../views/parts.tsx'
import { PledgeFormPage } from '../views/pledge-form.tsx'
import { PledgePage } from '../views/pledge.tsx'
import { PledgesPage } from '../views/pledges.tsx'
import { inputOf, membersOf, severalOf, wordsOf } from './present.ts'

/** What members pledge: where they do, and what becomes of it. */
export const pledgePages = new Hono<Env>()

type Shown = { issues?: readonly Issue[]; typed?: Typed }

async function formPage(c: Ctx, person: Person, { issues = [], typed }: Shown = {}) {
  const found = await c.var.deps.database.read(person, async (db) => {
    const { call } = await openCall(db, idOf(c))
    if (!call.isOpen) throw refuse('decided_already')
    const members = (await membersOf(c, db, person.id)).filter(({ id }) => id !== call.organization?.id)
    return { call, members, day: await today(db) }
  })
  const fresh: Typed = { id: [newId()], available_from: [found.day], language: [c.var.language] }
  return <PledgeFormPage {...wordsOf(c)} {...found} typed={typed ?? fresh} issues={issues} />
}

pledgePages.get(
  '/calls/:id/pledges/new',
  forPerson(async (c, person) => c.html(await formPage(c, person))),
)

pledgePages.post(
  '/calls/:id/pledges',
  forPerson(async (c, person) => {
    const typed = await severalOf(c)
    const deps = { database: c.var.deps.database, base: publicUrl(c) }
    const ended = await attempt(pledgeInput, inputOf(typed), (input) => pledge(deps, person, idOf(c), input))
    if ('issues' in ended) {
      if (ended.stale) throw refuse('conflict_stale')
      return c.html(await formPage(c, person, { issues: ended.issues, typed }), statusOf(ended))
    }
    return c.redirect(wordsOf(c).view.link(`/pledges/${one(typed, 'id')}`), 303)
  }),
)

pledgePages.get(
  '/calls/:id/pledges',
  forPerson(async (c, person) => {
    const { cursor } = parseInput(cursorFilter, c.req.query())
    const found = await c.var.deps.database.read(person, async (db) => {
      const { call } = await openCall(db, idOf(c))
      return { call, list: await listPledges(db, { call: call.id }, cursor) }
    })
    return c.html(<PledgesPage {...wordsOf(c)} {...found} />)
  }),
)

pledgePages.get(
  '/pledges',
  forPerson(async (c, person) => {
    const { cursor } = parseInput(cursorFilter, c.req.query())
    const list = await c.var.deps.database.read(person, async (db) => listPledges(db, { organizations: [...(await readHats(db)).organizations] }, cursor))
    return c.html(<PledgesPage {...wordsOf(c)} list={list} call={undefined} />)
  }),
)

async function page(c: Ctx, person: Person, { issues = [], typed = {} }: Shown = {}) {
  const found = await c.var.deps.database.read(person, async (db) => {
    const opened = await openPledge(db, idOf(c))
    const may = pledgeVerbs.filter((verb) => mayDoPledge(opened.hats, opened.pledge, verb))
    return { pledge: opened.pledge, may, deliveries: await listDeliveries(db, opened.pledge.id) }
  })
  return <PledgePage {...wordsOf(c)} {...found} issues={issues} typed={typed} fresh={newId()} />
}

pledgePages.get(
  '/pledges/:id',
  forPerson(async (c, person) => c.html(await page(c, person))),
)

/** A form below a pledge: what it reads, and what it does; afterwards, the pledge. */
function form<S extends z.ZodType>(path: string, schema: S, act: (c: Ctx, person: Person, input: z.output<S>) => Promise<void>) {
  pledgePages.post(
    `/pledges/:id/${path}`,
    forPerson(async (c, person) => {
      const typed = await severalOf(c)
      const ended = await attempt(schema, inputOf(typed), (input) => act(c, person, input))
      if ('issues' in ended) {
        if (ended.stale) throw refuse('conflict_stale')
        return c.html(await page(c, person, { issues: ended.issues, typed }), statusOf(ended))
      }
      return c.redirect(wordsOf(c).view.link(`/pledges/${idOf(c)}`), 303)
    }),
  )
}

form('edit', pledgeChange, (c, person, input) => change(c.var.deps.database, person, idOf(c), input))
form('withdrawal', actInput, (c, person, input) => withdraw(c.var.deps.database, person, idOf(c), input))
form('acceptance', acceptanceInput, (c, person, input) => accept(c.var.deps.database, person, idOf(c), input))
form('refusal', refusalInput, (c, person, { version, code, decline_note: note }) => decline(c.var.deps.database, person, idOf(c), { version, code, note }))
form('deliveries', deliveryInput, (c, person, { id, delivered, delivered_on: deliveredOn, delivery_note: note }) =>
  deliver(c.var.deps.database, person, idOf(c), { id, amount: delivered ?? 0, deliveredOn, note: note ?? null }),
)
