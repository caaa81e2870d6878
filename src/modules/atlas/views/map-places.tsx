import { countryName, formatNumber } from '../../../platform/i18n/format.ts'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Badge, Text } from '../../../platform/ui/text.tsx'
import { pathOf, recordTexts, termLabel, type EntryAtPlace, type OnMap, type PlaceCounts } from '../../record/index.ts'
import type { MapInput } from '../schema.ts'
import type { AtlasView } from './home.tsx'
import { mapAddress, nameOf, placeAddress } from './map-parts.tsx'

/** What is on record at the places chosen. */
export function Here({ view, say, input, on, here, most }: AtlasView & { input: MapInput; on: OnMap; here: EntryAtPlace[]; most: number }) {
  const words = recordTexts[view.language]
  const chosen = on.places.filter(({ key }) => input.place?.split(',').includes(key))
  const several = chosen.length > 1
  return (
    <section id="place" class="here">
      <div class="head">
        <h2>
          <Chosen view={view} say={say} places={chosen} none={input.place === 'none'} />
        </h2>
        <a href={mapAddress(view, { ...input, place: undefined })}>{say('map.close')}</a>
      </div>
      {here.length === 0 && <p class="empty">{say('map.here-none')}</p>}
      {here.length > most && <p class="small">{say('map.here-capped', { n: most })}</p>}
      {(['organization', 'facility'] as const).map((kind) => {
        const rows = here.slice(0, most).filter(({ entry }) => entry === kind)
        return (
          rows.length > 0 && (
            <section>
              <h3>
                {words(`plural.${kind}`)} <small>{formatNumber(rows.length, view.language)}</small>
              </h3>
              <ul class="linklist">
                {rows.map((row) => (
                  <li>
                    <a href={view.link(pathOf(row))}>
                      <Text view={view} text={row.title} {...(row.title.original && { original: row.title.original })} />
                    </a>{' '}
                    {row.kind !== null && <Badge>{termLabel(words, 'kind', row.kind)}</Badge>}{' '}
                    {several && row.place && (
                      <small>
                        <Text view={view} text={row.place} />
                      </small>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          )
        )
      })}
    </section>
  )
}

const mostNamed = 3

function Chosen({ view, say, places, none }: AtlasView & { places: PlaceCounts[]; none: boolean }) {
  if (places.length === 0) return <>{none ? say('map.nowhere') : say('map.here')}</>
  return (
    <>
      {places.slice(0, mostNamed).map((place, index) => {
        const { text, lang } = nameOf(view, place.names)
        return (
          <>
            {index > 0 && ' · '}
            <span lang={lang}>{text}</span>
          </>
        )
      })}
      {places.length > mostNamed && ` +${formatNumber(places.length - mostNamed, view.language)}`}
    </>
  )
}

type Row = Pick<PlaceCounts, 'organizations' | 'facilities'> & Partial<PlaceCounts>

/** All places as a table, the busiest first, and last what has no place on record. */
export function Places({ view, say, input, on }: AtlasView & { input: MapInput; on: OnMap }) {
  const words = recordTexts[view.language]
  const count = (n: number) => (n === 0 ? <span class="quiet">0</span> : formatNumber(n, view.language))
  const columns: Column<Row>[] = [
    { key: 'place', label: words('column.place'), cell: (row) => <PlaceCell view={view} say={say} input={input} row={row} /> },
    ...(input.what === 'facility'
      ? []
      : [{ key: 'organizations', label: words('plural.organization'), numeric: true, cell: (row: Row) => count(row.organizations) }]),
    ...(input.what === 'organization'
      ? []
      : [{ key: 'facilities', label: words('plural.facility'), numeric: true, cell: (row: Row) => count(row.facilities) }]),
  ]
  const nowhere = on.nowhere.organizations + on.nowhere.facilities > 0 ? [on.nowhere] : []
  return (
    <section class="places">
      <div class="head">
        <h2>{say('map.places')}</h2>
        <a href={mapAddress(view, { ...input, area: undefined, place: undefined }).replace('/map', '/map.csv')} download>
          {say('map.csv')}
        </a>
      </div>
      {on.total > on.places.length && <p class="small">{say('map.capped', { n: on.places.length })}</p>}
      <Table
        view={view}
        caption={say('map.places')}
        columns={columns}
        page={{ rows: [...on.places, ...nowhere], next: undefined, previous: undefined }}
        sort=""
      />
    </section>
  )
}

function PlaceCell({ view, say, input, row }: AtlasView & { input: MapInput; row: Row }) {
  if (row.key === undefined) return <a href={placeAddress(view, { ...input, place: 'none' })}>{say('map.nowhere')}</a>
  return (
    <>
      <a href={placeAddress(view, { ...input, place: row.key })}>
        <Text view={view} text={row.names ?? {}} />
      </a>{' '}
      <small>{row.country !== undefined && countryName(row.country, view.language)}</small>
    </>
  )
}
