import { Hono } from 'hono'
import type { Person } from '../../../platform/access/actor.ts'
import { contentDisposition, mediaTypes } from '../../../platform/download/disposition.ts'
import { refuse, Refusal, type Issue } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { newId } from '../../../platform/id.ts'
import { platformTexts } from '../../../platform/i18n/index.ts'
import { fileNameOf } from '../../../platform/text/file-name.ts'
import { attempt, forPerson, idOf, nameIn, readDirectory, readHats, statusOf } from '../../members/index.ts'
import { checkSheet, confirmRows, readInSheet } from '../actions/sheets.ts'
import { mayWriteFor } from '../policy.ts'
import { sheetInput } from '../schema/sheets.ts'
import { cellOf } from '../sheets/check.ts'
import { largestSheet, mostRows } from '../sheets/read.ts'
import { cellsOf, listingsFile, reportFile, templateFile } from '../sheets/write.ts'
import { today } from '../../../platform/db/days.ts'
import { listForSheet, readSheet } from '../store/sheets.ts'
import { SendSheetPage, SheetPage } from '../views/sheets.tsx'
import { membersFor, namesFor, wordsOf } from './present.ts'

/** Many listings at once: the template, a workbook read in, what is wrong with it, and the drafts that come of it. */
export const sheetPages = new Hono<Env>()

const workbook = (c: Ctx, name: string, bytes: Uint8Array<ArrayBuffer>) =>
  c.body(bytes, 200, { 'Content-Type': mediaTypes.xlsx, 'Content-Disposition': contentDisposition(name, 'xlsx'), 'Cache-Control': 'private, no-store' })

const exampleDays = 180
const daysAfter = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

sheetPages.get('/listings/template.xlsx', async (c) => {
  const now = await c.var.deps.database.read(c.var.actor, (db) => today(db))
  return workbook(c, wordsOf(c).say('sheet.listings'), await templateFile(c.var.language, daysAfter(now, exampleDays)))
})

sheetPages.get(
  '/members/:key/listings.xlsx',
  forPerson(async (c, person) => {
    const { organization, rows } = await c.var.deps.database.read(person, async (db) => {
      const organization = await readDirectory.readOrganization(db, { key: c.req.param('key') ?? '' })
      if (!organization) throw refuse('not_found')
      if (!mayWriteFor(await readHats(db), organization.id)) throw refuse('forbidden')
      const listings = await listForSheet(db, organization.id, mostRows)
      if (listings.length > mostRows) throw refuse('download_too_large', { n: mostRows })
      const names = await namesFor(c, db, listings)
      return { organization, rows: listings.map((listing) => cellsOf(listing, c.var.language, names)) }
    })
    const name = wordsOf(c).say('listing.of', { name: nameIn(organization.name, c.var.language, organization.original) })
    return workbook(c, name, await listingsFile(rows, c.var.language))
  }),
)

async function sendPage(c: Ctx, person: Person, typed: Record<string, string | undefined>, issues: readonly Issue[] = []) {
  const members = await membersFor(c, person)
  return <SendSheetPage {...wordsOf(c)} members={members} typed={{ id: newId(), ...typed }} issues={issues} />
}

sheetPages.get(
  '/listings/sheets/new',
  forPerson(async (c, person) => c.html(await sendPage(c, person, { member: c.req.query('member') }))),
)

sheetPages.post(
  '/listings/sheets',
  forPerson(async (c, person) => {
    const { file, ...fields } = await c.req.parseBody()
    const typed = Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
    const sent = file instanceof File && file.size > 0 ? file : undefined
    const ended = await attempt(sheetInput, typed, async (input) => {
      if (sent === undefined) throw refuse('invalid_input', {}, [{ path: 'file', code: 'required' }])
      if (sent.size > largestSheet) throw refuse('invalid_input', {}, [{ path: 'file', code: 'file_too_large', params: { limit: '2 MB' } }])
      const bytes = new Uint8Array(await sent.arrayBuffer())
      await readInSheet(c.var.deps.database, person, input, { name: fileNameOf(sent.name) || 'workbook', bytes }, c.var.language)
      return input.id
    })
    if ('issues' in ended) return c.html(await sendPage(c, person, { ...typed, id: newId() }, ended.issues), statusOf(ended))
    return c.redirect(wordsOf(c).view.link(`/listings/sheets/${ended.done}`), 303)
  }),
)

/** A workbook with what is wrong with it, each thing with its cell. */
const readChecked = (c: Ctx, person: Person) =>
  c.var.deps.database.read(person, async (db) => {
    const sheet = await readSheet(db, idOf(c))
    if (!sheet) throw refuse('not_found')
    const rows = await checkSheet(db, sheet, c.var.language)
    return { sheet, rows: rows.map((row) => ({ ...row, issues: row.issues.map((issue) => ({ ...issue, cell: cellOf(sheet.content, row.raw, issue.path) })) })) }
  })

sheetPages.get(
  '/listings/sheets/:id',
  forPerson(async (c, person) => c.html(<SheetPage {...wordsOf(c)} {...await readChecked(c, person)} />)),
)

sheetPages.get(
  '/listings/sheets/:id/report.xlsx',
  forPerson(async (c, person) => {
    const { sheet, rows } = await readChecked(c, person)
    const say = platformTexts[c.var.language]
    const report = rows.map(({ raw, issues }) => ({
      row: raw.row,
      wrong: issues.map(({ cell, code, params }) => `${cell}: ${say(`issue.${code}`, params)}`).join('\n'),
      cells: raw.cells,
    }))
    return workbook(c, wordsOf(c).say('sheet.report', { name: sheet.name }), await reportFile(report, c.var.language))
  }),
)

sheetPages.post(
  '/listings/sheets/:id/confirmation',
  forPerson(async (c, person) => {
    try {
      const member = await confirmRows(c.var.deps.database, person, idOf(c))
      return c.redirect(wordsOf(c).view.link(`/members/${member}/listings`), 303)
    } catch (error) {
      // What was sound when it was read may be so no more; the page says what is wrong now.
      if (!(error instanceof Refusal) || error.code !== 'invalid_input') throw error
      return c.html(<SheetPage {...wordsOf(c)} {...await readChecked(c, person)} />, 422)
    }
  }),
)
