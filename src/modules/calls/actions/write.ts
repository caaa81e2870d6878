import type { Person } from '../../../platform/access/actor.ts'
import type { Database } from '../../../platform/db/database.ts'
import { today } from '../../../platform/db/days.ts'
import { lastDayIssue } from '../../../platform/day-issue.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { unitIn } from '../../exchange/index.ts'
import { readDirectory, readHats } from '../../members/index.ts'
import { conceptNames } from '../../vocabulary/index.ts'
import { mayActFor, mayRunCalls, mayWrite, sidesOf } from '../policy.ts'
import type { CallInput, CallStart, LineInput } from '../schema/calls.ts'
import { textOf } from '../schema/fields.ts'
import { insertCall, readCall, writeContent, type Content } from '../store/calls.ts'
import { endLine, writeLine } from '../store/lines.ts'
import { logCall } from './log.ts'
import { holdCall } from './open.ts'

/** Begins a call as a draft of the desk, or of a member who asks for one. A second click makes nothing new. @throws Refusal `forbidden`, `invalid_input` */
export async function beginCall(
  database: Database,
  person: Person,
  { id, origin, network: networkId, member, kind, original, title }: CallStart,
): Promise<void> {
  await database.write(person, async (db) => {
    const hats = await readHats(db)
    const network = (await readDirectory.listNetworks(db)).find((each) => each.id === networkId)
    const behind = member === undefined ? undefined : await readDirectory.readOrganization(db, { key: member })
    const issues: Issue[] = []
    if (!network) issues.push({ path: 'network', code: 'unknown_reference', params: { value: networkId } })
    const isIn = behind?.standings.some((standing) => standing.network === networkId && standing.until === null && standing.state === 'admitted') === true
    if (member !== undefined && !isIn) issues.push({ path: 'member', code: 'unknown_reference', params: { value: member } })
    if (!network || issues.length > 0) throw refuse('invalid_input', {}, issues)
    const may = origin === 'desk' ? mayRunCalls(hats, network.id) : behind !== undefined && mayActFor(hats, behind.id)
    if (!may) throw refuse('forbidden')
    if (await readCall(db, id)) return
    const start = { id, origin, kind, original, title: { [original]: title } }
    await insertCall(db, network, behind, start)
    const logged = { id, desk: network.desk, people: behind?.people ?? null, isPublic: false, organization: behind ?? null }
    await logCall(db, logged, { seen: false, byDesk: origin === 'desk' }, 'begun', { ...start, network: network.id, member: member ?? null })
  })
}

/** Writes what a call says before it is opened. @throws Refusal `not_found`, `forbidden`, `conflict_stale`, `invalid_input` */
export async function changeCall(database: Database, person: Person, id: string, input: CallInput): Promise<void> {
  await database.write(person, async (db) => {
    const { call, hats } = await holdCall(db, id)
    const sides = sidesOf(hats, call)
    if (!mayWrite(hats, call)) throw refuse(sides.size > 0 ? 'conflict_stale' : 'forbidden')
    const issues: Issue[] = []
    const content = contentOf(input)
    if (content.title[input.original] === undefined) issues.push({ path: `title_${input.original}`, code: 'required' })
    const late = content.deadline === null ? undefined : lastDayIssue('deadline', content.deadline, await today(db))
    if (late !== undefined) issues.push(late)
    if (issues.length > 0) throw refuse('invalid_input', {}, issues)
    if (!(await writeContent(db, call, input.version, content))) throw refuse('conflict_stale')
    await logCall(db, call, { seen: false, byDesk: !sides.has('member') }, 'changed', content)
  })
}

function contentOf(input: CallInput): Content {
  return {
    kind: input.kind,
    original: input.original,
    title: textOf(input, 'title'),
    body: textOf(input, 'body'),
    countries: input.countries,
    place: input.place ?? null,
    deadline: input.deadline ?? null,
    isPublic: input.audience === 'everybody',
    showsTotals: input.totals.length > 0,
  }
}

/** Writes what is needed, one thing of it. @throws Refusal `not_found`, `forbidden`, `conflict_stale`, `invalid_input` */
export async function changeLine(database: Database, person: Person, id: string, line: string, input: LineInput): Promise<void> {
  await database.write(person, async (db) => {
    const { call, hats } = await holdCall(db, id)
    const sides = sidesOf(hats, call)
    if (!mayWrite(hats, call)) throw refuse(sides.size > 0 ? 'conflict_stale' : 'forbidden')
    const issues: Issue[] = []
    const item = textOf(input, 'item')
    if (item[call.original] === undefined) issues.push({ path: `item_${call.original}`, code: 'required' })
    const known = await conceptNames(db, input.concepts, call.original)
    for (const value of input.concepts.filter((key) => !known.has(key))) issues.push({ path: 'concepts', code: 'unknown_reference', params: { value } })
    if (call.lines.length >= mostLines && !call.lines.some((each) => each.id === line)) issues.push({ path: 'about', code: 'out_of_range' })
    if (issues.length > 0) throw refuse('invalid_input', {}, issues)
    const content = { original: call.original, item, amount: input.amount ?? 0, unit: unitIn(input.unit ?? ''), concepts: [...new Set(input.concepts)] }
    const written = await writeLine(db, id, line, input.version, content)
    // A second click of what was new finds it there.
    if (!written && input.version === 0 && call.lines.some((each) => each.id === line && each.version === 1)) return
    if (!written) throw refuse('conflict_stale')
    await logCall(db, call, { seen: false, byDesk: !sides.has('member') }, 'line-written', { line, ...content })
  })
}

/** As many lines as a page of a call shows well. */
const mostLines = 30

/** Takes a line off a call. @throws Refusal `not_found`, `forbidden`, `decided_already` */
export async function removeLine(database: Database, person: Person, id: string, line: string): Promise<void> {
  await database.write(person, async (db) => {
    const { call, hats } = await holdCall(db, id)
    const sides = sidesOf(hats, call)
    if (!mayWrite(hats, call)) throw refuse(sides.size > 0 ? 'decided_already' : 'forbidden')
    if (!(await endLine(db, id, line))) throw refuse('decided_already')
    await logCall(db, call, { seen: false, byDesk: !sides.has('member') }, 'line-removed', { line })
  })
}
