import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { readCsv, type CsvFile } from '../../../platform/text/csv.ts'
import { agreementSheet } from './agreements.ts'
import { facilitySheet } from './facilities.ts'
import { flowSheet } from './flows.ts'
import { organizationSheet } from './organizations.ts'
import { placeSheet } from './places.ts'
import { authorizationSheet, productSheet } from './products.ts'
import { sourceSheet } from './sources.ts'
import { disputeSheet, entrySheet, phraseSheet, statementSheet } from './statements.ts'
import { ventureSheet } from './ventures.ts'
import { eventSheet, programmeSheet, projectSheet } from './work.ts'

/** The sheets of a record by their file names, in the order in which they are read. */
export const sheetTable = {
  places: placeSheet,
  sources: sourceSheet,
  organizations: organizationSheet,
  agreements: agreementSheet,
  ventures: ventureSheet,
  facilities: facilitySheet,
  products: productSheet,
  authorizations: authorizationSheet,
  projects: projectSheet,
  programmes: programmeSheet,
  events: eventSheet,
  flows: flowSheet,
  conflicts: disputeSheet,
  phrases: phraseSheet,
} as const
export type SheetName = keyof typeof sheetTable

/** Without these there is no record; the others may be missing. */
const needed = new Set<SheetName>(['places', 'sources', 'organizations', 'agreements'])

/** All rows of a folder. Of entries and statements there may be several files: `entries.csv`, `statements-seeds.csv`, … */
export type Sheets = { [N in SheetName]: CsvFile<z.output<(typeof sheetTable)[N]>> } & {
  entries: CsvFile<z.output<typeof entrySheet>>[]
  statements: CsvFile<z.output<typeof statementSheet>>[]
}

/** The names of the files in a folder that are sheets of a record. */
export async function sheetFiles(directory: string): Promise<string[]> {
  const present = await readdir(directory).catch((): string[] => [])
  const named = Object.keys(sheetTable).map((name) => `${name}.csv`)
  return [...named.filter((name) => present.includes(name)), ...several(present, 'entries'), ...several(present, 'statements')]
}

/** Reads the sheets of a folder; each tells what is wrong in it, the others are read all the same. */
export async function readSheets(directory: string): Promise<Sheets> {
  const present = await sheetFiles(directory)
  const single = Object.entries(sheetTable) as [SheetName, z.ZodObject][]
  const read: Partial<Record<SheetName, CsvFile<unknown>>> = {}
  for (const [name, schema] of single) {
    const file = `${name}.csv`
    read[name] = present.includes(file) || needed.has(name) ? await readCsv(join(directory, file), schema) : { file, rows: [], issues: [] }
  }
  return {
    ...(read as Omit<Sheets, 'entries' | 'statements'>),
    entries: await Promise.all(several(present, 'entries').map((file) => readCsv(join(directory, file), entrySheet))),
    statements: await Promise.all(several(present, 'statements').map((file) => readCsv(join(directory, file), statementSheet))),
  }
}

const several = (present: readonly string[], name: string) => present.filter((file) => new RegExp(`^${name}(-[a-z0-9-]+)?\\.csv$`).test(file)).sort()
