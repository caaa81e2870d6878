import { countryName } from '../../../platform/i18n/format.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { kindTerms, recordTexts, termLabel, type EntryAtPlace, type OnMap } from '../../record/index.ts'
import { areaOfView, countryOfView, marksOf, viewShown } from '../rules/map.ts'
import { mapViewNames, type MapInput, type MapView } from '../schema.ts'
import type { AtlasView } from './home.tsx'
import { mapAddress } from './map-parts.tsx'
import { Legend, MapPicture } from './map-picture.tsx'
import { Here, Places } from './map-places.tsx'

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
