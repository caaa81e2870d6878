import type { Person } from '../../../platform/access/actor.ts'
import type { Database, Scope, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { logAct } from '../../../platform/log/log.ts'
import { readTable } from '../../../platform/workbook/read-table.ts'
import { WorkbookError } from '../../../platform/workbook/workbook-error.ts'
import { readDirectory, readHats } from '../../members/index.ts'
import { broaderOf, conceptNames, conceptsLabelled } from '../../vocabulary/index.ts'
import { mayWriteFor } from '../policy.ts'
import type { SheetInput } from '../schema/sheets.ts'
import { checkRow, termsIn, type CheckedRow } from '../sheets/check.ts'
import { mostColumns, mostRows, readRows, type RawSheet } from '../sheets/read.ts'
import type { Organization } from '../store/listings.ts'
import { confirmSheet, insertDrafts, insertSheet, lockSheets, readSheet, type Draft, type Sheet } from '../store/sheets.ts'
import { logListing } from './log.ts'
import { readReferences, referred } from './references.ts'
import { contentOf } from './write.ts'

/** A file that somebody sends: its name, and its bytes. */
export type SentSheet = { name: string; bytes: Uint8Array }

const mostCharacters = 4_000_000

/**
 * Reads a workbook in, for somebody to look at; no listing comes of it. Takes the place of one that waits for the same organization.
 *
 * @throws Refusal `forbidden`, `invalid_input` with all that is wrong with the file and its columns
 */
export async function readInSheet(
  database: Database,
  person: Person,
  { id, member }: SheetInput,
  { name, bytes }: SentSheet,
  language: Language,
): Promise<void> {
  const allowed = await database.read(person, (db) => organizationFor(db, member))
  const content = contentIn(name, bytes, language)
  await database.write(person, async (db) => {
    await lockSheets(db, allowed.id)
    const organization = await organizationFor(db, member)
    // A second click.
    if (await readSheet(db, id)) return
    if (!(await insertSheet(db, organization, { id, name, content }))) return
    await logSheet(db, organization, id, 'read-in', { name, rows: content.rows.length })
  })
}

function contentIn(name: string, bytes: Uint8Array, language: Language): RawSheet {
  const wrong = (code: 'workbook_unfolds' | WorkbookError['code'], params: Record<string, string | number>) =>
    refuse('invalid_input', {}, [{ path: 'file', code, params }])
  let table
  try {
    table = readTable(bytes, { maxRows: mostRows + 1, maxColumns: mostColumns }, name)
  } catch (error) {
    if (!(error instanceof WorkbookError)) throw error
    const { given, n } = error.params
    // The first line names the columns.
    throw wrong(error.code, error.code === 'too_many_rows' ? { given: Number(given) - 1, n: Number(n) - 1 } : error.params)
  }
  const read = readRows(table, language)
  if ('issues' in read) throw refuse('invalid_input', {}, read.issues)
  if (JSON.stringify(read.sheet).length > mostCharacters) throw wrong('workbook_unfolds', { limit: `${mostCharacters / 1_000_000} MB` })
  return read.sheet
}

async function organizationFor(db: Scope, key: string): Promise<Organization> {
  const organization = await readDirectory.readOrganization(db, { key })
  if (!organization) throw refuse('invalid_input', {}, [{ path: 'member', code: 'unknown_reference', params: { value: key } }])
  if (!mayWriteFor(await readHats(db), organization.id)) throw refuse('forbidden')
  return organization
}

/** All rows of a workbook, each with what is wrong with it as things stand now. @param language in which words are listed to choose from */
export async function checkSheet(db: Scope, { content, organization }: Sheet, language: Language): Promise<CheckedRow[]> {
  const terms = termsIn(content.rows)
  const [labelled, keys] = [await conceptsLabelled(db, terms), await conceptNames(db, terms, language)]
  const meant = new Map(terms.map((term) => [term, keys.has(term) ? [term] : (labelled.get(term) ?? [])]))
  const checked = content.rows.map((raw) => checkRow(raw, meant, language))
  const references = await readReferences(
    db,
    checked.flatMap(({ asFar }) => asFar ?? []),
  )
  return checked.map(({ asFar, ...row }) => {
    const wrong = new Set(row.issues.map(({ path }) => path))
    const more = asFar === undefined ? [] : referred(asFar, organization, references).issues
    // Without a language nobody knows which title is wanted.
    return { ...row, issues: [...row.issues, ...more.filter(({ path }) => !wrong.has(path) && !(wrong.has('original') && path.startsWith('title_')))] }
  })
}

/**
 * Makes drafts of the rows of a workbook, all of them or none; a second click makes nothing new.
 *
 * @returns the key of the member whose they are
 * @throws Refusal `not_found`, `forbidden`, `conflict_stale` when another workbook took its place, `invalid_input` when a row has something wrong
 */
export async function confirmRows(database: Database, person: Person, id: string): Promise<string> {
  return database.write(person, async (db) => {
    const seen = await readSheet(db, id)
    if (!seen) throw refuse('not_found')
    await lockSheets(db, seen.organization.id)
    const organization = await organizationFor(db, seen.organization.key)
    const sheet = (await readSheet(db, id)) ?? seen
    if (sheet.confirmedAt !== null) return organization.key
    if (sheet.endedAt !== null) throw refuse('conflict_stale')
    const rows = await checkSheet(db, sheet, 'en')
    if (rows.some(({ issues }) => issues.length > 0)) throw refuse('invalid_input', {}, [{ path: 'file', code: 'wrong_form' }])
    const drafts = await draftsOf(db, organization, rows)
    await insertDrafts(db, organization, drafts)
    await confirmSheet(db, id)
    const logged = { space: '', isPublic: false, people: organization.people, desk: organization.desk, organization }
    for (const { id: listing, content, concepts, hidden } of drafts)
      await logListing(db, { id: listing, ...logged }, { seen: false, byDesk: false }, 'begun', { ...content, concepts, hiddenFrom: hidden, sheet: id })
    await logSheet(db, organization, id, 'confirmed', { listings: drafts.length })
    return organization.key
  })
}

async function draftsOf(db: WriteScope, organization: Organization, rows: readonly CheckedRow[]): Promise<Draft[]> {
  const inputs = rows.flatMap(({ raw, input }) => (input === undefined ? [] : [{ id: raw.id, input }]))
  const references = await readReferences(
    db,
    inputs.map(({ input }) => input),
  )
  const above = await broaderOf(db, [...references.concepts])
  return inputs.map(({ id, input }) => ({
    id,
    content: { ...contentOf(input), isPublic: input.audience === 'everybody' },
    hidden: referred(input, organization, references).hidden,
    concepts: [...new Set(input.concepts)],
    above: input.concepts.flatMap((key) => above.get(key) ?? []),
  }))
}

const logSheet = (db: WriteScope, { id: organizationId, people }: Organization, id: string, verb: string, payload: object) =>
  logAct(db, {
    chain: `organization:${organizationId}`,
    spaceId: people,
    organizationId,
    verb: `exchange.sheet.${verb}`,
    object: { kind: 'sheet', id },
    payload,
  })
