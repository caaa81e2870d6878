import { z } from 'zod'
import { jobActor, type Person } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { today } from '../../../platform/db/days.ts'
import { dayIssue } from '../../../platform/day-issue.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { jobKind } from '../../../platform/jobs/job.ts'
import { queueJob } from '../../../platform/jobs/store.ts'
import { logAct } from '../../../platform/log/log.ts'
import { readDirectory, tellDesk } from '../../members/index.ts'
import { mayActFor, mayDoPledge, pledgeSides } from '../policy.ts'
import { nextPledge } from '../rules/pledges.ts'
import type { PledgeChange, PledgeInput } from '../schema/pledges.ts'
import { everybodySpace } from '../store/calls.ts'
import { changePledge, insertPledge, readPledge, writePledgeState, type PledgeContent } from '../store/pledges.ts'
import { logPledge } from './log.ts'
import { holdCall, holdPledge } from './open.ts'
import { tellMember } from './tell.ts'

type Deps = { database: Database; base: string }

/** Pledges for one line of an open call. A second click pledges nothing twice. @throws Refusal `not_found`, `forbidden`, `decided_already`, `invalid_input` */
export async function pledge({ database, base }: Deps, person: Person, id: string, input: PledgeInput): Promise<void> {
  await database.write(person, async (db) => {
    const { call, hats } = await holdCall(db, id)
    const by = await readDirectory.readOrganization(db, { key: input.member })
    const issues: Issue[] = []
    if (!by) issues.push({ path: 'member', code: 'unknown_reference', params: { value: input.member } })
    else if (by.id === call.organization?.id) issues.push({ path: 'member', code: 'circular', params: { value: by.key } })
    const line = call.lines.find((each) => each.id === input.line)
    if (!line) issues.push({ path: 'line', code: 'unknown_reference', params: { value: input.line } })
    if (by && !mayActFor(hats, by.id)) throw refuse('forbidden')
    if (await readPledge(db, input.id)) return
    if (!call.isOpen) throw refuse('decided_already')
    issues.push(...(await dayIssues(db, input)))
    if (!by || !line || issues.length > 0) throw refuse('invalid_input', {}, issues)
    const content = contentOf(input)
    if (!(await insertPledge(db, call, by, { ...content, id: input.id, line: line.id }))) throw refuse('conflict_stale')
    await totalsChanged(db, call)
    await tellDesk(db, {
      network: call.network,
      what: 'pledge',
      name: `${call.number ?? ''} ${call.title[call.original] ?? ''}`,
      link: `${base}/pledges/${input.id}`,
    })
    const about = { number: call.number ?? '', title: call.title, original: call.original, path: `/pledges/${input.id}` }
    if (call.organization !== null)
      await tellMember(db, { organization: call.organization.id, what: 'pledged', ...about, amount: content.amount, unit: line.unit })
    await logPledge(db, { id: input.id, desk: call.desk, people: by.people, call, organization: by }, false, 'made', { ...content, call: id, line: line.id })
  })
}

/** Writes a pledge anew, to be decided on anew. @throws Refusal `not_found`, `forbidden`, `decided_already`, `conflict_stale`, `invalid_input` */
export async function change(database: Database, person: Person, id: string, input: PledgeChange): Promise<void> {
  await database.write(person, async (db) => {
    const held = await allowed(db, id, 'change', input.version)
    const issues = await dayIssues(db, input)
    if (issues.length > 0) throw refuse('invalid_input', {}, issues)
    const content = contentOf(input)
    if (!(await changePledge(db, id, input.version, content))) throw refuse('conflict_stale')
    await totalsChanged(db, { id: held.call.id, isPublic: held.callIsPublic })
    await logPledge(db, held, false, 'changed', content)
  })
}

/** Takes a pledge back. @throws Refusal `not_found`, `forbidden`, `decided_already`, `conflict_stale` */
export async function withdraw(database: Database, person: Person, id: string, { version }: { version: number }): Promise<void> {
  await database.write(person, async (db) => {
    const held = await allowed(db, id, 'withdraw', version)
    if (!(await writePledgeState(db, id, version, 'withdrawn', {}))) throw refuse('conflict_stale')
    await totalsChanged(db, { id: held.call.id, isPublic: held.callIsPublic })
    await logPledge(db, held, false, 'withdrawn', {})
  })
}

async function allowed(db: WriteScope, id: string, verb: 'change' | 'withdraw', version: number) {
  const { pledge: held, hats } = await holdPledge(db, id)
  const whose = { ...held, organization: held.organization }
  if (!pledgeSides(hats, whose).has('pledger')) throw refuse('forbidden')
  if (nextPledge(held.state, verb, held.isOpen) === undefined || !mayDoPledge(hats, whose, verb)) throw refuse('decided_already')
  if (held.version !== version) throw refuse('conflict_stale')
  return held
}

/** What can be had is to be had still. */
async function dayIssues(db: WriteScope, { available_until: until }: Pick<PledgeChange, 'available_until'>): Promise<Issue[]> {
  const late = until === undefined ? undefined : dayIssue('available_until', until, { first: await today(db) })
  return late === undefined ? [] : [late]
}

const contentOf = (input: PledgeChange | PledgeInput): PledgeContent => ({
  amount: input.amount ?? 0,
  availableFrom: input.available_from,
  availableUntil: input.available_until ?? null,
  language: input.language,
  conditions: input.conditions ?? null,
  note: input.note ?? null,
})

/**
 * Says in the log that sums which everybody reads have changed, by a part of the system: an entry of whoever pledged would tell who that was.
 */
export async function totalsChanged(db: WriteScope, { id, isPublic }: { id: string; isPublic: boolean }): Promise<void> {
  if (isPublic) await queueJob(db, { kind: 'calls.totals', input: { call: id } })
}

export const totalsJob = jobKind({
  kind: 'calls.totals',
  input: z.object({ call: z.uuid() }),
  mostAttempts: 14,
  run: async ({ call }, { database }) => {
    await database.write(jobActor, (db) =>
      logAct(db, { chain: `dossier:${call}`, spaceId: everybodySpace, verb: 'calls.totals.changed', object: { kind: 'call', id: call }, payload: {} }),
    )
  },
})
