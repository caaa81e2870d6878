import { Hono } from 'hono'
import type { Column } from '../../../platform/download/column.ts'
import { csvStream } from '../../../platform/download/csv.ts'
import { contentDisposition, mediaTypes } from '../../../platform/download/disposition.ts'
import type { Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { parseInput } from '../../../platform/issues.ts'
import { Kept } from '../../../platform/log/kept.ts'
import { logPosition } from '../../../platform/log/log.ts'
import { entriesAt, placesOnMap, type MapFilter, type OnMap, type PlaceCounts } from '../../record/index.ts'
import { mapInput, type MapInput } from '../schema.ts'
import { atlasTexts } from '../text/index.ts'
import { MapPage } from '../views/map.tsx'

export const mapPages = new Hono<Env>()

const mostPlaces = 200
const mostHere = 200
const mostInFile = 100_000
/** Every organization and facility is counted for it, whatever place is looked at and in whatever language. */
const keptPlaces = new Kept<OnMap>(50)

mapPages.get('/map', async (c) => {
  const input = parseInput(mapInput, c.req.query())
  const filter = filterOf(input)
  const { database } = c.var.deps
  const { on, here } = await database.read(c.var.actor, async (db) => ({
    on: await keptPlaces.get(database, `${await logPosition(db)} ${JSON.stringify(filter)}`, () => placesOnMap(db, filter, mostPlaces)),
    here: input.place === undefined ? undefined : await entriesAt(db, filter, input.place === 'none' ? [] : input.place.split(','), mostHere + 1),
  }))
  return c.html(<MapPage view={viewOf(c)} say={atlasTexts[c.var.language]} input={input} on={on} here={here} mostHere={mostHere} />)
})

mapPages.get('/map.csv', async (c) => {
  const filter = filterOf(parseInput(mapInput, c.req.query()))
  const { places } = await c.var.deps.database.read(c.var.actor, (db) => placesOnMap(db, filter, mostInFile))
  return c.body(csvStream(columns, places, { header: 'key' }), 200, {
    'Content-Type': mediaTypes.csv,
    'Content-Disposition': contentDisposition('places', 'csv'),
  })
})

const filterOf = ({ what, kind, country }: MapInput): MapFilter => ({ entries: what === undefined ? ['organization', 'facility'] : [what], kind, country })

const column = (key: string, value: Column<PlaceCounts>['value']): Column<PlaceCounts> => ({ key, label: key, value })

const columns: Column<PlaceCounts>[] = [
  column('key', ({ key }) => key),
  column('country', ({ country }) => country),
  column('region', ({ region }) => region),
  ...languages.map((language) => column(`name_${language}`, ({ names }) => names[language])),
  column('latitude', ({ latitude }) => latitude),
  column('longitude', ({ longitude }) => longitude),
  column('organizations', ({ organizations }) => organizations),
  column('facilities', ({ facilities }) => facilities),
]
