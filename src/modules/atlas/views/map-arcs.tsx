import { formatNumber } from '../../../platform/i18n/format.ts'
import { areaOf } from '../../../platform/ui/geo/areas.ts'
import { placeLabels } from '../../../platform/ui/geo/labels.ts'
import { Land } from '../../../platform/ui/geo/land.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Text } from '../../../platform/ui/text.tsx'
import type { PlaceLink, PlaceLinks, PlaceRef } from '../../record/index.ts'
import { arcsOf, type ArcEnd } from '../rules/map.ts'
import type { AtlasView } from './home.tsx'
import { MarkLabel, nameOf, placeAddress } from './map-parts.tsx'

/** So many of the busiest places bear their names, whatever lies beside them. */
const mostSure = 4

/** Who works with whom across the ocean: arcs between the seats of partners, as wide as the number of agreements and joint companies behind them. */
export function ArcsMap({ view, say, links }: AtlasView & { links: PlaceLinks }) {
  const frame = areaOf('pacific')
  const { arcs, ends } = arcsOf(links.links, 'pacific')
  if (arcs.length === 0) return null
  const labels = placeLabels(
    ends.map((end) => ({ ...end, halfWidth: end.radius, halfHeight: end.radius, name: nameOf(view, end.place.names).text })),
    frame,
    mostSure,
  )
  return (
    <figure class="map-figure">
      <svg class="map" viewBox={`0 0 ${frame.width} ${frame.height}`} role="group" aria-labelledby="arcs-title" aria-describedby="arcs-desc">
        <title id="arcs-title">{say('arcs.title')}</title>
        <desc id="arcs-desc">{describe({ view, say }, links.links)}</desc>
        <Land area="pacific" />
        <g class="arcs">
          {arcs.map(({ path, width }) => (
            <path d={path} stroke-width={width} />
          ))}
        </g>
        {ends.map((end, index) => <End view={view} say={say} end={end} label={labels[index]} />).toReversed()}
      </svg>
      <figcaption>
        <p class="small">
          {say('arcs.caption', { n: links.entries })} <a href={view.link('/map')}>{say('arcs.map')}</a>
        </p>
        <details>
          <summary class="small">{say('arcs.table')}</summary>
          <ArcsTable view={view} say={say} links={links.links} />
        </details>
      </figcaption>
    </figure>
  )
}

// The table has the same links for the keyboard, in an order that makes sense.
function End({ view, end, label }: AtlasView & { end: ArcEnd; label: ReturnType<typeof placeLabels>[number] }) {
  const name = nameOf(view, end.place.names)
  return (
    <g transform={`translate(${end.x} ${end.y})`}>
      <a class="mark" href={placeAddress(view, { place: end.place.key })} tabindex={-1}>
        <title lang={name.lang}>{name.text}</title>
        <circle r={end.radius} />
        {label && <MarkLabel {...name} label={label} halfWidth={end.radius} halfHeight={end.radius} />}
      </a>
    </g>
  )
}

function ArcsTable({ view, say, links }: AtlasView & { links: PlaceLink[] }) {
  const columns: Column<PlaceLink>[] = [
    { key: 'from', label: say('arcs.from'), cell: ({ from }) => <PlaceLinkTo view={view} place={from} /> },
    { key: 'to', label: say('arcs.to'), cell: ({ to }) => <PlaceLinkTo view={view} place={to} /> },
    { key: 'n', label: say('arcs.n'), numeric: true, cell: ({ n }) => formatNumber(n, view.language) },
  ]
  return <Table view={view} caption={say('arcs.title')} columns={columns} page={{ rows: links, next: undefined, previous: undefined }} sort="" />
}

const PlaceLinkTo = ({ view, place }: Pick<AtlasView, 'view'> & { place: PlaceRef }) => (
  <a href={placeAddress(view, { place: place.key })}>
    <Text view={view} text={place.names} />
  </a>
)

function describe({ view, say }: AtlasView, links: readonly PlaceLink[]): string {
  const most = links.slice(0, 3).map(({ from, to, n }) => say('arcs.pair', { from: nameOf(view, from.names).text, to: nameOf(view, to.names).text, n }))
  return say('arcs.desc', { most: most.join(', ') })
}
