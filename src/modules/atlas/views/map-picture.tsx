import { areaOf, type AreaName } from '../../../platform/ui/geo/areas.ts'
import { placeLabels, type Label } from '../../../platform/ui/geo/labels.ts'
import { Land } from '../../../platform/ui/geo/land.tsx'
import { formatNumber } from '../../../platform/i18n/format.ts'
import { countsOf, glyph, legendSteps, marksOf, sizeOfOne, type Glyph, type Mark } from '../rules/map.ts'
import type { PlaceCounts } from '../../record/index.ts'
import type { MapInput } from '../schema.ts'
import type { AtlasView } from './home.tsx'
import { MarkLabel, nameOf, placeAddress } from './map-parts.tsx'

export type PictureProps = AtlasView & { title: string; area: AreaName; places: readonly PlaceCounts[]; input: MapInput }

/** So many of the largest marks bear their names, whatever lies beside them. */
const mostSure = 3

/** The map itself: a circle for the organizations of a place, a square for its facilities, each place a link. */
export function MapPicture({ view, say, title, area, places, input }: PictureProps) {
  const frame = areaOf(area)
  const marks = marksOf(places, area)
  const labels = placeLabels(
    marks.map((mark) => ({ ...mark, name: shortName({ view, say }, mark).text })),
    frame,
    mostSure,
  )
  return (
    <svg class="map" viewBox={`0 0 ${frame.width} ${frame.height}`} role="group" aria-labelledby="map-title" aria-describedby="map-desc">
      <title id="map-title">{title}</title>
      <desc id="map-desc">{describe({ view, say }, places)}</desc>
      <Land area={area} />
      {marks.map((mark, index) => (
        <MarkLink view={view} say={say} mark={mark} label={labels[index]} input={input} />
      ))}
    </svg>
  )
}

function MarkLink({ view, say, mark, label, input }: AtlasView & { mark: Mark; label: Label | undefined; input: MapInput }) {
  const keys = mark.places.map(({ key }) => key).join(',')
  const name = shortName({ view, say }, mark)
  const names = mark.places.map(({ names: each }) => nameOf(view, each).text).join(', ')
  return (
    <g transform={`translate(${mark.x} ${mark.y})`}>
      <a class="mark" href={placeAddress(view, { ...input, place: keys })} aria-current={input.place === keys ? 'true' : undefined}>
        <title>{say('map.at', { place: names, what: whatIsThere({ view, say }, mark) })}</title>
        <Shapes {...mark} />
        {label && <MarkLabel {...name} label={label} halfWidth={mark.halfWidth} halfHeight={mark.halfHeight} />}
      </a>
    </g>
  )
}

function Shapes({ circle, square, halfWidth }: Glyph) {
  return (
    <>
      {circle > 0 && <circle cx={short(circle - halfWidth)} r={circle} />}
      {square > 0 && <rect x={short(halfWidth - square)} y={short(-square / 2)} width={square} height={square} />}
    </>
  )
}

const short = (n: number) => Math.round(n * 10) / 10 || undefined

/** The name of the largest place of a mark, and how many others it stands for. */
function shortName({ view }: AtlasView, { places }: Mark) {
  const { text, lang } = places[0] ? nameOf(view, places[0].names) : { text: '', lang: undefined }
  return { text: places.length > 1 ? `${text} +${formatNumber(places.length - 1, view.language)}` : text, lang }
}

/** How many organizations and facilities, in words. */
function whatIsThere({ say }: AtlasView, { organizations, facilities }: { organizations: number; facilities: number }): string {
  return [organizations > 0 && say('map.organizations', { n: organizations }), facilities > 0 && say('map.facilities', { n: facilities })]
    .filter((part) => part !== false)
    .join(' · ')
}

function describe({ view, say }: AtlasView, places: readonly PlaceCounts[]): string {
  if (places.length === 0) return say('map.desc-none')
  const most = places.slice(0, 3).map((place) => `${nameOf(view, place.names).text} (${formatNumber(place.organizations + place.facilities, view.language)})`)
  return say('map.desc', { n: places.length, most: most.join(', ') })
}

export type LegendProps = AtlasView & { organizations: string; facilities: string; places: readonly PlaceCounts[]; area: AreaName }

/** What the marks mean, and the size of some numbers. */
export function Legend({ view, say, organizations, facilities, places, area }: LegendProps) {
  const per = sizeOfOne(places, area)
  const there = countsOf(places)
  return (
    <p class="map-legend">
      {there.organizations > 0 && (
        <span>
          <Sample circle={6} /> {organizations}
        </span>
      )}
      {there.facilities > 0 && (
        <span>
          <Sample square={10.6} /> {facilities}
        </span>
      )}
      <span>
        {legendSteps(places).map((n) => (
          <>
            <Sample {...(there.organizations > 0 ? glyph(n, 0, per) : glyph(0, n, per))} /> {formatNumber(n, view.language)}{' '}
          </>
        ))}
      </span>
      <span>{say('map.legend')}</span>
    </p>
  )
}

function Sample({ circle = 0, square = 0 }: { circle?: number; square?: number }) {
  const half = Math.ceil(Math.max(circle, square / 2)) + 1
  return (
    <svg class="map-sample" viewBox={`${-half} ${-half} ${2 * half} ${2 * half}`} width={2 * half} height={2 * half} aria-hidden="true">
      <Shapes circle={circle} square={square} halfWidth={circle + square / 2} halfHeight={0} />
    </svg>
  )
}
