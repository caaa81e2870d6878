import { Hono } from 'hono'
import type { Column } from '../../../platform/download/column.ts'
import { csvStream } from '../../../platform/download/csv.ts'
import { contentDisposition, mediaTypes } from '../../../platform/download/disposition.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { parseInput } from '../../../platform/issues.ts'
import { Kept } from '../../../platform/log/kept.ts'
import { logPosition } from '../../../platform/log/log.ts'
import {
  countTimeline,
  listTimeline,
  pathOf,
  timelineChoices,
  type TimelineChoices,
  type TimelineCounts,
  type TimelineFilter,
  type TimelineRow,
} from '../../record/index.ts'
import { rangeOf, unitFor } from '../rules/timeline.ts'
import { timelineFilter, timelineKinds, type TimelineInput } from '../schema.ts'
import { atlasTexts } from '../text/index.ts'
import { TimelinePage } from '../views/timeline.tsx'

export const timelinePages = new Hono<Env>()

const rowsOnPage = 40
/** Rows of a download fetched at a time: no transaction stays open while a slow line takes them. */
const batch = 500
const keptCounts = new Kept<TimelineCounts>(50)
const keptChoices = new Kept<TimelineChoices>(20)

timelinePages.get('/timeline', async (c) => {
  const input = inputOf(c)
  const filter = filterOf(input)
  const { database } = c.var.deps
  const { position, page } = await database.read(c.var.actor, async (db) => ({
    position: await logPosition(db),
    page: await listTimeline(db, filter, orderOf(input), input.cursor, rowsOnPage),
  }))
  // Counting goes over everything in the time shown: as long as nothing is logged it is done once.
  const unit = unitFor(input.period)
  const [counts, choices] = await Promise.all([
    keptCounts.get(database, `${position} ${JSON.stringify([filter, unit])}`, () => database.read(c.var.actor, (db) => countTimeline(db, filter, unit))),
    keptChoices.get(database, `${position} ${input.organization ?? ''}`, () =>
      database.read(c.var.actor, (db) => timelineChoices(db, timelineKinds, input.organization)),
    ),
  ])
  return c.html(<TimelinePage view={viewOf(c)} say={atlasTexts[c.var.language]} input={input} counts={counts} choices={choices} page={page} />)
})

timelinePages.get('/timeline.csv', async (c) => {
  const input = inputOf(c)
  return c.body(csvStream(columnsOf(viewOf(c).base), everyRow(c, input), { header: 'key' }), 200, {
    'Content-Type': mediaTypes.csv,
    'Content-Disposition': contentDisposition('timeline', 'csv'),
  })
})

const inputOf = (c: Ctx): TimelineInput => parseInput(timelineFilter, { ...c.req.query(), kind: c.req.queries('kind') ?? [] })

const orderOf = ({ sort }: TimelineInput) => (sort === 'date' ? 'oldest' : 'newest')

function filterOf({ kind, period, country, organization }: TimelineInput): TimelineFilter {
  return { kinds: kind.length > 0 ? kind : timelineKinds, ...rangeOf(period), country, organization }
}

async function* everyRow(c: Ctx, input: TimelineInput): AsyncGenerator<TimelineRow> {
  const { database } = c.var.deps
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const page = await database.read(c.var.actor, (db) => listTimeline(db, filterOf(input), orderOf(input), cursor, batch))
    yield* page.rows
    cursor = page.next
  }
}

function columnsOf(base: string): Column<TimelineRow>[] {
  const text = (name: string, value: (row: TimelineRow) => string | null | undefined): Column<TimelineRow> => ({ key: name, label: name, value })
  return [
    text('date', ({ date }) => date),
    text('entry', ({ entry }) => entry),
    text('kind', ({ kind }) => kind),
    text('title_en', ({ title }) => title.en),
    text('title_es', ({ title }) => title.es),
    text('title_zh', ({ title }) => title.zh),
    text('title_vi', ({ title }) => title.vi),
    text('countries', ({ countries }) => countries.join('; ')),
    text('disputed', ({ disputed }) => (disputed ? 'yes' : 'no')),
    text('address', (row) => `${base}${pathOf(row)}`),
  ]
}
