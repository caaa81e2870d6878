import type { Scope } from '../../../platform/db/database.ts'
import type { Ctx } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { nameIn, organizationsOf } from '../../members/index.ts'
import { conceptNames } from '../../vocabulary/index.ts'
import type { Line } from '../store/calls.ts'
import { callsTexts } from '../text/index.ts'
import type { Typed } from '../views/parts.tsx'

/** What every view of calls is given. */
export const wordsOf = (c: Ctx) => ({ view: viewOf(c), say: callsTexts[c.var.language] })

/** What the concepts of some lines are called for this reader: one query. */
export const namesFor = (c: Ctx, db: Scope, lines: readonly Pick<Line, 'concepts'>[], more: readonly string[] = []) =>
  conceptNames(db, [...new Set([...lines.flatMap(({ concepts }) => concepts), ...more])], c.var.language)

/** The fields of a form, those of the same name together. */
export async function severalOf(c: Ctx): Promise<Typed> {
  const body = await c.req.parseBody({ all: true })
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string')]),
  )
}

const boxes: ReadonlySet<string> = new Set(['concepts', 'totals', 'kinds'])

/** The same for a schema: a field is one text, boxes are several. */
export const inputOf = (typed: Typed): Record<string, string | string[] | undefined> =>
  Object.fromEntries(Object.entries(typed).map(([name, values]) => [name, boxes.has(name) ? values : values?.[0]]))

/** The members that somebody writes for, to choose among. */
export async function membersOf(c: Ctx, db: Scope, person: string): Promise<{ id: string; value: string; label: string }[]> {
  const acts = await organizationsOf(db, person)
  return acts
    .filter(({ admitted, roles }) => admitted && roles.some((role) => role === 'admin' || role === 'editor'))
    .map(({ id, key, name, original }) => ({ id, value: key, label: nameIn(name, c.var.language, original) }))
}
