import { countryName, formatNumber } from '../../../platform/i18n/format.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Badge, Text } from '../../../platform/ui/text.tsx'
import { kindTerms, pathOf, recordTexts, termLabel, type EntryAtPlace, type OnMap, type PlaceCounts } from '../../record/index.ts'
import { areaOfView, countryOfView, marksOf, viewShown } from '../rules/map.ts'
import { mapViewNames, type MapInput, type MapView } from '../schema.ts'
import type { AtlasView } from './home.tsx'
import { mapAddress, nameOf } from './map-parts.tsx'
import { Legend, MapPicture } from './map-picture.tsx'

export type MapProps = AtlasView & { input: MapInput; on: OnMap; here: EntryAtPlace[] | undefined; mostHere: number }

/** Where organizations and facilities are: a map, what is at the place chosen, and all places as a table. */
export function MapPage({ view, say, input, on, here, mostHere }: MapProps) {
  return (
    <Layout view={view} title={say('map.title')} description={say('map.lead')}>
      <section class="lead">
        <h1>{say('map.title')}</h1>
        <p>{say('map.lead')}</p>
      </section>
      <Filters view={view} sort={undefined} filters={filtersOf({ view, say }, input, on.countries)} kept={{ area: input.area }} />
      <div class="two">
        <MapFigure view={view} say={say} input={input} on={on} />
        <div class="beside">
          {here && <Here view={view} say={say} input={input} on={on} here={here} most={mostHere} />}
          <Places view={view} say={say} input={input} on={on} />
        </div>
      </div>
    </Layout>
  )
}

function filtersOf({ view, say }: AtlasView, { what, kind, country }: MapInput, countries: readonly string[]) {
  const words = recordTexts[view.language]
  const kinds = what === undefined ? [...kindTerms.organization, ...kindTerms.facility] : kindTerms[what]
  const byLabel = (a: { label: string }, b: { label: string }) => a.label.localeCompare(b.label, view.language)
  return [
    {
      name: 'what',
      label: say('map.what'),
      value: what,
      options: (['organization', 'facility'] as const).map((value) => ({ value, label: words(`plural.${value}`) })),
    },
    {
      name: 'kind',
      label: words('column.kind'),
      value: kind,
      options: [...new Set<string>(kinds)].map((value) => ({ value, label: termLabel(words, 'kind', value) })).toSorted(byLabel),
    },
    {
      name: 'country',
      label: words('column.country'),
      value: country,
      options: countries.map((value) => ({ value, label: countryName(value, view.language) })).toSorted(byLabel),
    },
  ]
}

function MapFigure({ view, say, input, on }: AtlasView & { input: MapInput; on: OnMap }) {
  const shown = viewShown(input.area, input.country)
  const words = recordTexts[view.language]
  const inView = marksOf(on.places, areaOfView[shown]).flatMap(({ places }) => places)
  const outside = on.places.length - inView.length
  const shared = marksOf(on.places, areaOfView[shown]).some(({ places }) => places.length > 1)
  return (
    <figure class="map-figure">
      <nav class="tabs" aria-label={say('map.areas')}>
        {mapViewNames.map((each) =>
          each === shown ? (
            <b aria-current="true">{areaLabel({ view, say }, each)}</b>
          ) : (
            <a href={mapAddress(view, { ...input, area: each })}>{areaLabel({ view, say }, each)}</a>
          ),
        )}
      </nav>
      <MapPicture
        view={view}
        say={say}
        title={say('map.picture', { area: areaLabel({ view, say }, shown) })}
        area={areaOfView[shown]}
        places={on.places}
        input={input}
      />
      <figcaption>
        <Legend
          view={view}
          say={say}
          organizations={words('plural.organization')}
          facilities={words('plural.facility')}
          places={on.places}
          area={areaOfView[shown]}
        />
        <p class="small">
          {outside > 0 && `${say('map.outside', { n: outside })} `}
          {shared && `${say('map.together')} `}
          {say('map.land')}
        </p>
      </figcaption>
    </figure>
  )
}

const areaLabel = ({ view, say }: AtlasView, area: MapView) => (area === 'world' ? say('map.world') : countryName(countryOfView[area], view.language))

function Here({ view, say, input, on, here, most }: AtlasView & { input: MapInput; on: OnMap; here: EntryAtPlace[]; most: number }) {
  const words = recordTexts[view.language]
  const chosen = on.places.filter(({ key }) => input.place?.split(',').includes(key))
  const several = chosen.length > 1
  return (
    <section id="place" class="here">
      <div class="head">
        <h2>
          {input.place === 'none'
            ? say('map.nowhere')
            : chosen.length === 0
              ? say('map.here')
              : chosen.map((place, index) => <PlaceName view={view} place={place} first={index === 0} />)}
        </h2>
        <a href={mapAddress(view, { ...input, place: undefined })}>{say('map.close')}</a>
      </div>
      {here.length === 0 && <p class="empty">{say('map.here-none')}</p>}
      {here.length === most && <p class="small">{say('map.here-capped', { n: most })}</p>}
      {(['organization', 'facility'] as const).map((kind) => {
        const rows = here.filter(({ entry }) => entry === kind)
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

function PlaceName({ view, place, first }: { view: AtlasView['view']; place: PlaceCounts; first: boolean }) {
  const { text, lang } = nameOf(view, place.names)
  return (
    <>
      {!first && ' · '}
      <span lang={lang}>{text}</span>
    </>
  )
}

type Row = Pick<PlaceCounts, 'organizations' | 'facilities'> & Partial<PlaceCounts>

function Places({ view, say, input, on }: AtlasView & { input: MapInput; on: OnMap }) {
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
  if (row.key === undefined) return <a href={mapAddress(view, { ...input, place: 'none' })}>{say('map.nowhere')}</a>
  return (
    <>
      <a href={mapAddress(view, { ...input, place: row.key })}>
        <Text view={view} text={row.names ?? {}} />
      </a>{' '}
      <small>{row.country !== undefined && countryName(row.country, view.language)}</small>
    </>
  )
}
