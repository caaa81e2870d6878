import type { Person } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { today } from '../../../platform/db/days.ts'
import { dayAfter, dayIssue, lastDayIssue } from '../../../platform/day-issue.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import { tellDesk } from '../../members/index.ts'
import { mayDo, mayTell, sidesOf } from '../policy.ts'
import { missingIn } from '../rules/complete.ts'
import { nextState, type Verb } from '../rules/lifecycle.ts'
import { shownStates, type CallState, type StepKind } from '../schema/terms.ts'
import { readCall, writeState, type Call, type Change } from '../store/calls.ts'
import { insertStep } from '../store/lines.ts'
import { pledgersOf } from '../store/pledges.ts'
import { indexCall } from '../store/search.ts'
import { watchDeadline } from './come-due.ts'
import { logCall } from './log.ts'
import { holdCall } from './open.ts'
import { tellMember, type Tidings } from './tell.ts'

type Deps = { database: Database; base: string }
export type Typed = Change & { version: number }

const acts: Record<Verb, string> = {
  request: 'requested',
  recall: 'recalled',
  return: 'returned',
  open: 'opened',
  extend: 'extended',
  close: 'closed',
  withdraw: 'withdrawn',
}
const ofDesk: ReadonlySet<Verb> = new Set(['return', 'open', 'extend', 'close'])
const steps: Partial<Record<Verb, StepKind>> = { open: 'opened', extend: 'extended', close: 'closed' }
const isShown = (state: CallState): boolean => shownStates.some((each) => each === state)

/**
 * Moves a call on: to the desk, to its readers, to its end.
 *
 * @throws Refusal `not_found`, `forbidden`, `decided_already`, `conflict_stale`, `invalid_input` with all that it has not yet, or a day that does not fit
 */
export async function moveCall({ database, base }: Deps, person: Person, id: string, verb: Verb, typed: Typed): Promise<void> {
  await database.write(person, async (db) => {
    const { call, hats } = await holdCall(db, id)
    const to = nextState(call, verb)
    const sides = sidesOf(hats, call)
    if (to === undefined) throw refuse(sides.size > 0 ? 'decided_already' : 'forbidden')
    if (!mayDo(hats, call, verb)) throw refuse('forbidden')
    if (call.version !== typed.version) throw refuse('conflict_stale')
    await refuseUnfit(db, call, verb, typed)
    if (!(await writeState(db, call, to, typed))) throw refuse('conflict_stale')
    const step = steps[verb]
    if (step !== undefined) await insertStep(db, id, { id: newId(), what: step, deadline: verb === 'extend' ? typed.deadline : undefined })
    // Its number came with its state.
    const opened = verb === 'open' ? await readCall(db, id) : undefined
    if (opened) await indexCall(db, opened)
    const deadline = typed.deadline ?? call.deadline
    if (to === 'open' && deadline !== null) await watchDeadline(db, id, deadline)
    if (verb === 'request') await tellDesk(db, { network: call.network, what: 'call', name: call.title[call.original] ?? '', link: `${base}/calls/${id}` })
    await tellMembers(db, call, verb, typed)
    const seen = isShown(call.state) || isShown(to)
    await logCall(db, call, { seen, byDesk: !sides.has('member') || ofDesk.has(verb) }, acts[verb], { from: call.state, to, ...typed })
  })
}

/** What goes to the desk or is opened says enough; what is put off ends on a day to come, and later than before. */
async function refuseUnfit(db: WriteScope, call: Call, verb: Verb, { deadline = '' }: Typed): Promise<void> {
  const now = await today(db)
  if (verb === 'request' || verb === 'open') {
    const issues = missingIn(call, now)
    if (issues.length > 0) throw refuse('invalid_input', {}, issues)
  }
  if (verb !== 'extend') return
  const isSooner = call.deadline === null ? undefined : dayIssue('deadline', deadline, { first: dayAfter(call.deadline, 1) })
  const late = lastDayIssue('deadline', deadline, now) ?? isSooner
  if (late !== undefined) throw refuse('invalid_input', {}, [late])
}

/** Tells the member behind it what became of its call, and those who pledged how it goes on. */
async function tellMembers(db: WriteScope, call: Call, verb: Verb, { reason, deadline, closed }: Typed): Promise<void> {
  const { title, original, id, organization } = call
  const tidings = (what: Tidings['what'], more: Partial<Tidings>) => ({ what, number: call.number ?? '', title, original, path: `/calls/${id}`, ...more })
  if (organization !== null && verb === 'return') await tellMember(db, { organization: organization.id, ...tidings('returned', { reason }) })
  if (organization !== null && verb === 'open')
    await tellMember(db, { organization: organization.id, ...tidings('opened', { until: call.deadline ?? undefined }) })
  const told = verb === 'extend' ? tidings('extended', { until: deadline }) : verb === 'close' ? tidings('closed', { outcome: closed?.outcome }) : undefined
  if (told === undefined) return
  const behind = organization === null || verb === 'extend' ? [] : [organization.id]
  for (const each of new Set([...behind, ...(await pledgersOf(db, id))])) await tellMember(db, { organization: each, ...told })
}

/** Says how a call goes on, to all who read it. A second click says nothing twice. @throws Refusal `not_found`, `forbidden` */
export async function postUpdate(
  database: Database,
  person: Person,
  id: string,
  update: { id: string; original: Language; text: LanguageText },
): Promise<void> {
  await database.write(person, async (db) => {
    const { call, hats } = await holdCall(db, id)
    if (!mayTell(hats, call)) throw refuse('forbidden')
    if (!(await insertStep(db, id, { ...update, what: 'update' }))) return
    await logCall(db, call, { seen: true, byDesk: true }, 'updated', update)
  })
}
