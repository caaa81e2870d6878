import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { importRecord, type EntryKind } from '../../src/modules/record/index.ts'
import { importer } from '../../src/platform/access/actor.ts'
import { platformTexts } from '../../src/platform/i18n/index.ts'
import { readRows, seeds } from './record.ts'
import type { World } from './world.ts'

/** An entry of each kind, by its key. */
export const examples: Record<EntryKind, string> = {
  organization: 'cigb',
  agreement: 'a-001',
  venture: 'v-bpl',
  facility: 'f-bpl-beijing',
  product: 'p-nimotuzumab',
  authorization: 'z-001',
  'technology-transfer': 'cigb247-to-changheber',
  project: 'r-001',
  programme: 't-001',
  event: 'e-001',
  flow: 'x-001',
  initiative: 'vn-cu-network',
  indicator: 'china-rank-among-partners-of-cuba',
  'country-relation': 'cu-vn',
}

export type Cells = Record<string, string>

/** The rows of a CSV text, the first line naming the columns. */
export const readCells = (text: string): string[][] => parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true })

const ownSheets: Partial<Record<EntryKind | 'source', string>> = {
  source: 'sources',
  organization: 'organizations',
  agreement: 'agreements',
  venture: 'ventures',
  facility: 'facilities',
  product: 'products',
  authorization: 'authorizations',
  project: 'projects',
  programme: 'programmes',
  event: 'events',
  flow: 'flows',
}

/** How much the seed record holds of a kind, counted in its sheets. */
export function countSeeds(kind: EntryKind | 'source'): number {
  const own = ownSheets[kind]
  const further = readdirSync(seeds).flatMap((name) => /^(entries(?:-.+)?)\.csv$/.exec(name)?.[1] ?? [])
  return (own === undefined ? 0 : readRows(seeds, own).length) + further.flatMap((name) => readRows(seeds, name)).filter((row) => row['kind'] === kind).length
}

/** A row of CSV as a careful hand writes it. */
export const csvLine = (cells: readonly string[]) => `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`

/** The seed record in a folder of its own, to be changed. */
export type SeedFolder = {
  path: string
  file: (name: string) => string
  /** Adds a row, empty but for the cells given. @returns the line it stands in */
  add: (name: string, cells: Cells) => number
  remove: () => void
}

export function copySeeds(): SeedFolder {
  const path = mkdtempSync(join(tmpdir(), 'puente-seeds-'))
  cpSync(seeds, path, { recursive: true })
  const file = (name: string) => join(path, name)
  return {
    path,
    file,
    add: (name, cells) => {
      const text = readFileSync(file(name), 'utf8')
      const [columns = []] = readCells(text)
      const unknown = Object.keys(cells).filter((column) => !columns.includes(column))
      if (unknown.length > 0) throw new Error(`${name} has no column ${unknown.join(', ')}`)
      appendFileSync(file(name), csvLine(columns.map((column) => cells[column] ?? '')))
      return text.split('\n').length
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** Imports a folder into a world. */
export const load = (world: World, folder: string) => importRecord(world, importer, folder)

/** What an import of a folder complains of, as the command line says it: `file:line column: sentence`. */
export async function complaints(world: World, folder: string): Promise<string[]> {
  const { issues } = await load(world, folder)
  return issues.map(({ file, line, issue }) => `${file}:${line} ${issue.path}: ${platformTexts.en(`issue.${issue.code}`, issue.params)}`)
}

/** A text that changes when any row of any table does. */
export async function stateOf(world: World): Promise<string> {
  const tables = await world.rows(
    sql<{
      name: string
    }>`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('app', 'record') order by 1`,
  )
  const rows = sql.join(
    tables.map(({ name }) => sql`select ${name} || x::text as row from ${sql.raw(name)} x`),
    sql` union all `,
  )
  const [found] = await world.rows(
    sql<{ state: string }>`select md5(string_agg(md5(row), ',' order by row collate "C")) || count(*) as state from (${rows}) all_rows`,
  )
  return found?.state ?? ''
}
