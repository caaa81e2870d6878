import { Hono } from 'hono'
import type { Person } from '../../../platform/access/actor.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import { suggestConcepts } from '../../exchange/index.ts'
import { attempt, forPerson, idOf, nameIn, readDirectory, readHats, statusOf } from '../../members/index.ts'
import { openCall } from '../actions/open.ts'
import { beginCall, changeCall, changeLine, removeLine } from '../actions/write.ts'
import { mayRunCalls, mayWrite, sidesOf } from '../policy.ts'
import { callInput, callStart, lineInput } from '../schema/calls.ts'
import { BeginPage } from '../views/begin.tsx'
import { EditPage, typedOf } from '../views/edit.tsx'
import { LinePage, typedOfLine } from '../views/line.tsx'
import { one, type Typed } from '../views/parts.tsx'
import { inputOf, membersOf, namesFor, severalOf, wordsOf } from './present.ts'

/** Where calls are written, by the secretariat or by a member who asks for one. */
export const writePages = new Hono<Env>()

async function beginPage(c: Ctx, person: Person, typed: Record<string, string | undefined>, issues: readonly Issue[] = []) {
  const found = await c.var.deps.database.read(person, async (db) => {
    const hats = await readHats(db)
    const members = await membersOf(c, db, person.id)
    const all = await readDirectory.listNetworks(db)
    const run = all.filter(({ id }) => mayRunCalls(hats, id))
    const origins = [...(run.length > 0 ? (['desk'] as const) : []), ...(members.length > 0 ? (['member'] as const) : [])]
    const networks = (members.length > 0 ? all : run).map(({ id, name }) => ({ value: id, label: nameIn(name, c.var.language) }))
    return { origins, members, networks }
  })
  return <BeginPage {...wordsOf(c)} {...found} typed={typed} issues={issues} />
}

writePages.get(
  '/calls/new',
  forPerson(async (c, person) => c.html(await beginPage(c, person, { id: newId(), original: c.var.language }))),
)

writePages.post(
  '/calls',
  forPerson(async (c, person) => {
    const typed = inputOf(await severalOf(c)) as Record<string, string | undefined>
    const ended = await attempt(callStart, typed, async (input) => {
      await beginCall(c.var.deps.database, person, input)
      return input.id
    })
    if ('issues' in ended) return c.html(await beginPage(c, person, typed, ended.issues), statusOf(ended))
    return c.redirect(wordsOf(c).view.link(`/calls/${ended.done}/edit`), 303)
  }),
)

type Shown = { typed?: Typed; issues?: readonly Issue[]; stale?: boolean; saved?: boolean }

/** What was typed is shown again to whoever wrote it, though the call was opened meanwhile. */
async function opened(c: Ctx, person: Person, stale: boolean | undefined) {
  return c.var.deps.database.read(person, async (db) => {
    const { call, hats } = await openCall(db, idOf(c))
    if (!(stale ? sidesOf(hats, call).size > 0 : mayWrite(hats, call))) throw refuse('forbidden')
    return call
  })
}

async function editPage(c: Ctx, person: Person, { typed, issues = [], ...shown }: Shown = {}) {
  const call = await opened(c, person, shown.stale)
  return <EditPage {...wordsOf(c)} call={call} typed={typed ?? typedOf(call, c.var.language)} issues={issues} {...shown} />
}

writePages.get(
  '/calls/:id/edit',
  forPerson(async (c, person) => c.html(await editPage(c, person, { saved: c.req.query('saved') !== undefined }))),
)

writePages.post(
  '/calls/:id/edit',
  forPerson(async (c, person) => {
    const typed = await severalOf(c)
    const ended = await attempt(callInput, inputOf(typed), (input) => changeCall(c.var.deps.database, person, idOf(c), input))
    if ('issues' in ended) return c.html(await editPage(c, person, { typed, issues: ended.issues, stale: ended.stale }), statusOf(ended))
    return c.redirect(wordsOf(c).view.link(`/calls/${idOf(c)}/edit?saved`), 303)
  }),
)

async function linePage(c: Ctx, person: Person, { typed: given, issues = [], stale = false }: Shown = {}) {
  const { database } = c.var.deps
  const call = await opened(c, person, stale)
  const line = call.lines.find(({ id }) => id === idOf(c, 'line'))
  const typed = given ?? typedOfLine(line, c.var.language)
  const found = await database.read(person, async (db) => {
    const texts = languages.flatMap((language) => (typed[`item_${language}`] ?? []).map((text) => ({ text, language })))
    const suggested = await suggestConcepts(db, [...(typed['about'] ?? []).map((text) => ({ text, language: c.var.language })), ...texts])
    const offered = [...new Set([...(typed['concepts'] ?? []), ...suggested])].slice(0, 40)
    return { offered, names: await namesFor(c, db, [], offered) }
  })
  const version = given === undefined || stale ? (line?.version ?? 0) : Number(one(given, 'version')) || 0
  return <LinePage {...wordsOf(c)} {...found} call={call} line={idOf(c, 'line')} version={version} typed={typed} issues={issues} stale={stale} />
}

writePages.get(
  '/calls/:id/lines/:line',
  forPerson(async (c, person) => c.html(await linePage(c, person))),
)

writePages.post(
  '/calls/:id/lines/:line',
  forPerson(async (c, person) => {
    const typed = await severalOf(c)
    const ended = await attempt(lineInput, inputOf(typed), (input) => changeLine(c.var.deps.database, person, idOf(c), idOf(c, 'line'), input))
    if ('issues' in ended) return c.html(await linePage(c, person, { typed, issues: ended.issues, stale: ended.stale }), statusOf(ended))
    // What it is about is suggested from its words once these are there.
    const isDone = (typed['concepts'] ?? []).length > 0
    return c.redirect(wordsOf(c).view.link(isDone ? `/calls/${idOf(c)}` : `/calls/${idOf(c)}/lines/${idOf(c, 'line')}`), 303)
  }),
)

writePages.post(
  '/calls/:id/lines/:line/end',
  forPerson(async (c, person) => {
    await removeLine(c.var.deps.database, person, idOf(c), idOf(c, 'line'))
    return c.redirect(wordsOf(c).view.link(`/calls/${idOf(c)}`), 303)
  }),
)
