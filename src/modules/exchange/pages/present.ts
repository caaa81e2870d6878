import type { Person } from '../../../platform/access/actor.ts'
import type { Scope } from '../../../platform/db/database.ts'
import type { Ctx } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { nameIn, organizationsOf } from '../../members/index.ts'
import { conceptNames } from '../../vocabulary/index.ts'
import { exchangeTexts } from '../text/index.ts'
import type { Typed } from '../views/typed.ts'

/** What every view of the exchange is given. */
export const wordsOf = (c: Ctx) => ({ view: viewOf(c), say: exchangeTexts[c.var.language] })

/** What the concepts of some listings are called for this reader: one query. */
export const namesFor = (c: Ctx, db: Scope, rows: readonly { concepts: readonly string[] }[], more: readonly string[] = []) =>
  conceptNames(db, [...new Set([...rows.flatMap(({ concepts }) => concepts), ...more])], c.var.language)

/** The fields of a form, those of the same name together. */
export async function severalOf(c: Ctx): Promise<Typed> {
  const body = await c.req.parseBody({ all: true })
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string')]),
  )
}

const boxes: ReadonlySet<string> = new Set(['forms', 'partner_kinds', 'concepts'])

/** The same for a schema: a field is one text, boxes are several. */
export const inputOf = (typed: Typed): Record<string, string | string[] | undefined> =>
  Object.fromEntries(Object.entries(typed).map(([name, values]) => [name, boxes.has(name) ? values : values?.[0]]))

/** The members for which somebody writes listings, to choose from. */
export async function membersFor(c: Ctx, person: Person): Promise<{ value: string; label: string }[]> {
  const acts = await c.var.deps.database.read(person, (db) => organizationsOf(db, person.id))
  return acts
    .filter(({ admitted, roles }) => admitted && roles.some((role) => role === 'admin' || role === 'editor'))
    .map(({ key, name, original }) => ({ value: key, label: nameIn(name, c.var.language, original) }))
}
