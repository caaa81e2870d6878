import { Hono } from 'hono'
import { z } from 'zod'
import { csvStream } from '../../../platform/download/csv.ts'
import type { Column } from '../../../platform/download/column.ts'
import { typedLine } from '../../../platform/text/typed.ts'
import { contentDisposition, mediaTypes } from '../../../platform/download/disposition.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { parseInput } from '../../../platform/issues.ts'
import { readEntryAt } from '../actions/read-entry.ts'
import { ladderSteps, statusOf } from '../rules/ladder.ts'
import { entryFilter, timesFilter } from '../schema.ts'
import { entryCountries } from '../store/catalogue.ts'
import { listCharts, mostFlows, mostMarks } from '../store/charts.ts'
import { listLadder, listStep } from '../store/ladder.ts'
import { listMatrix } from '../store/matrix.ts'
import { ChartsPage } from '../views/charts.tsx'
import { figureColumns, holderColumns, matrixColumns } from '../views/charts-files.ts'
import { LadderPage, StepPage } from '../views/ladder.tsx'
import { MatrixPage } from '../views/matrix.tsx'
import { licence } from '../views/sheet-columns.ts'
import { keyOf } from './entries.tsx'
import { recordView } from './lists.tsx'

/** The pictures of the record, each with its table as a file. They stand before the entries, whose keys their addresses look like. */
export const chartPages = new Hono<Env>()

const chartsOnPage = 6
/** Marks in each of several charts, so that a page of them stays light on a slow line; a chart by itself has more. */
const marksBeside = 24
const productsOnPage = 50
const newestOnStep = 6
const agreementsOnPage = 50

const chartFilter = entryFilter.pick({ kind: true, country: true, cursor: true }).extend({ chart: typedLine().max(200).optional() })
const matrixFilter = entryFilter.pick({ kind: true, status: true, country: true, cursor: true })
const ladderFilter = entryFilter.pick({ kind: true, country: true, cursor: true }).extend({
  step: z
    .union([z.literal(''), z.enum(ladderSteps)])
    .optional()
    .transform((value) => (value === '' ? undefined : value)),
})

chartPages.get('/flows/charts', async (c) => {
  const filter = parseInput(chartFilter, c.req.query())
  const found = await c.var.deps.database.read(c.var.actor, async (db) => ({
    ...(await listCharts(db, filter, chartsOnPage, filter.chart === undefined ? marksBeside : mostMarks)),
    countries: filter.chart === undefined ? await entryCountries(db, 'organization') : [],
  }))
  return c.html(<ChartsPage {...recordView(c)} filter={filter} {...found} />)
})

chartPages.get('/flows/charts.csv', async (c) => {
  const filter = parseInput(chartFilter.omit({ cursor: true }), c.req.query())
  const { page, sources } = await c.var.deps.database.read(c.var.actor, (db) => listCharts(db, filter, mostFlows, mostFlows))
  const rows = page.rows.flatMap((measure) => measure.figures.map((figure) => ({ ...measure, figure })))
  return file(c, 'flows-charts', figureColumns(recordView(c).view.base, sources), rows)
})

chartPages.get('/products/matrix', async (c) => {
  const filter = parseInput(matrixFilter, c.req.query())
  const found = await c.var.deps.database.read(c.var.actor, async (db) => ({
    page: await listMatrix(db, filter, productsOnPage),
    countries: await entryCountries(db, 'authorization'),
  }))
  return c.html(<MatrixPage {...recordView(c)} filter={filter} {...found} />)
})

chartPages.get('/products/matrix.csv', async (c) => {
  const filter = parseInput(matrixFilter.omit({ cursor: true }), c.req.query())
  const page = await c.var.deps.database.read(c.var.actor, (db) => listMatrix(db, filter, mostFlows))
  const rows = page.rows.flatMap((product) => product.cells.map((cell) => ({ product, cell })))
  return file(c, 'products-matrix', matrixColumns(recordView(c).view.base), rows)
})

chartPages.get('/agreements/ladder', async (c) => {
  const { step, ...filter } = parseInput(ladderFilter, c.req.query())
  if (step !== undefined) {
    const found = await c.var.deps.database.read(c.var.actor, async (db) => ({
      page: await listStep(db, statusOf(step), filter, filter.cursor, agreementsOnPage),
      countries: await entryCountries(db, 'organization'),
    }))
    return c.html(<StepPage {...recordView(c)} filter={filter} step={step} {...found} />)
  }
  const found = await c.var.deps.database.read(c.var.actor, async (db) => ({
    steps: await listLadder(db, filter, newestOnStep),
    countries: await entryCountries(db, 'organization'),
  }))
  return c.html(<LadderPage {...recordView(c)} filter={filter} {...found} />)
})

chartPages.get('/ventures/:key/holders.csv', async (c) => {
  const times = parseInput(timesFilter, c.req.query())
  const { statements } = await c.var.deps.database.read(c.var.actor, (db) => readEntryAt(db, 'venture', keyOf(c), times))
  const partners = statements.filter(({ field }) => field === 'partner')
  return file(c, `${keyOf(c)}-holders`, holderColumns(recordView(c).view.base), partners)
})

const file = <Row,>(c: Ctx, name: string, columns: readonly Column<Row>[], rows: readonly Row[]) =>
  c.body(csvStream(columns, rows, { header: 'key' }), 200, {
    'Content-Type': mediaTypes.csv,
    'Content-Disposition': contentDisposition(name, 'csv'),
    Link: `<${licence}>; rel="license"`,
  })
