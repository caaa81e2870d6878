import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { z } from '@hono/zod-openapi'
import { plurals, type EntryKind } from '../../src/modules/record/schema.ts'
import type * as shapes from '../../src/modules/record/api/shapes.ts'
import { root } from '../../src/platform/root.ts'
import { readHtml, type Element } from './html.ts'
import type { World } from './world.ts'

export type Entry = z.output<typeof shapes.entry>
export type Statement = z.output<typeof shapes.statement>
export type Listed = z.output<typeof shapes.listed>
export type Dispute = z.output<typeof shapes.dispute>
export type Side = Dispute['sides'][number]
export type Source = z.output<typeof shapes.source>
type Text = Statement['value']
type ListAnswer<Item> = { items: Item[]; total: number; next: string | null }

/** The record as it is loaded. */
export const seeds = join(root, 'seeds', 'record')
/** What the record was made from lies beside the checkout, where there is any. */
export const facts = join(root, '..', 'shared', 'facts')
export const hasFacts = existsSync(join(facts, 'seed_statements.csv'))

/** The rows of a sheet, each cell by the name of its column. */
export const readRows = (folder: string, name: string): Record<string, string>[] =>
  parse(readFileSync(join(folder, `${name}.csv`)), { columns: true, bom: true })

/** Asks the API for things of the record; an entry that is asked for again is not fetched again. */
export function recordOf(world: () => World) {
  const seen = new Map<string, Promise<unknown>>()
  const get = async <T>(path: string): Promise<T> => {
    const answer = await world().ask(`/api/v1/record/${path}`)
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const once = <T>(path: string): Promise<T> => {
    if (!seen.has(path)) seen.set(path, get(path))
    return seen.get(path) as Promise<T>
  }
  const all = async <Item>(path: string): Promise<Item[]> => {
    const items: Item[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: ListAnswer<Item> = await get(cursor === '' ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`)
      items.push(...page.items)
      cursor = page.next
    }
    return items
  }
  return {
    get,
    /** Every item of a list, page after page. */
    all,
    /** An entry as `kind:key`. @param query such as `?as_of=2010` */
    entry: (name: string, query = '') => once<Entry>(`${pathOf(name)}${query}`),
    source: (key: string) => once<Source>(`sources/${key}`),
  }
}

/** The path of an entry below `/api/v1/record/` and below a language: `agreement:a-001` is `agreements/a-001`. */
export function pathOf(name: string): string {
  const colon = name.indexOf(':')
  return `${plurals[name.slice(0, colon) as EntryKind]}/${name.slice(colon + 1)}`
}

/** A value in English words, whatever it is made of. */
export const inEnglish = (value: Text): string => (typeof value === 'string' ? value : (value.en ?? Object.values(value)[0] ?? ''))

/** What stands as `kind:key` where a value means an entry. */
export const targetName = ({ target }: Pick<Statement, 'target'>) => (target === null ? undefined : `${target.entry}:${target.key}`)

/** The sources that say so. */
export const supporters = ({ citations }: { citations: readonly { source: string; stance: string }[] }) =>
  citations.filter(({ stance }) => stance === 'supports').map(({ source }) => source)

const places = new Map(readRows(seeds, 'places').map((row) => [row['id'] ?? '', row]))

/** The key of a place by one of the ways it is written. */
const keysOfPlaces = new Map(
  [...places.values()].flatMap((row) => [row['name_en'], ...(row['also_written'] ?? '').split(';')].map((name) => [name?.trim(), row['id']])),
)

/** Whether a statement says what a cell says: the same text, number or place, or the entry that it names. */
export function says(statement: Pick<Statement, 'field' | 'value' | 'target'>, cell: string): boolean {
  const said = inEnglish(statement.value)
  if (said === cell || targetName(statement) === cell) return true
  if (statement.field === 'place' && typeof statement.value === 'string') return said === keysOfPlaces.get(cell)
  return typeof statement.value === 'string' && isNumber(said) && isNumber(cell) && Number(said) === Number(cell)
}

const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text)

/** What a page says of a thing: for each claim the field's label, the words, and whether it is struck out as wrong. */
export type Shown = { label: string; text: string; isWrong: boolean }

/** The claims of an entry's page or of a dispute's, in their order, without the numbers of their sources. */
export function shownClaims(html: string): Shown[] {
  let label = ''
  return readHtml(html.replaceAll(/<a class="cite[^>]*>[^<]*<\/a>/g, ' ')).elements.flatMap((element) => {
    const inFacts = element.parents.some(({ name, attributes }) => name === 'dl' && attributes['class'] === 'facts')
    if (inFacts && element.name === 'dt') label = plain(element)
    if (!inFacts || element.name !== 'div' || element.parents[0]?.name !== 'dd') return []
    return [{ label, text: plain(element), isWrong: element.attributes['class'] === 'wrong' }]
  })
}

const plain = ({ text }: Element) => text.replaceAll(/\s+/g, ' ').trim()
