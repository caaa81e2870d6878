import { arcPath } from '../../../platform/ui/geo/arc.ts'
import { areaOf, place, type AreaName } from '../../../platform/ui/geo/areas.ts'
import type { PlaceCounts, PlaceLink, PlaceRef } from '../../record/index.ts'
import type { MapView } from '../schema.ts'

/** The area that each view of the map shows. */
export const areaOfView: Record<MapView, AreaName> = { world: 'world', cuba: 'caribbean', china: 'china', 'viet-nam': 'indochina' }

/** The country that a view is named after; it may show its neighbours too. */
export const countryOfView: Record<Exclude<MapView, 'world'>, string> = { cuba: 'CU', china: 'CN', 'viet-nam': 'VN' }

/** The view to show: the one asked for, unless the country asked for lies elsewhere. */
export function viewShown(asked: MapView | undefined, country: string | undefined): MapView {
  if (country === undefined || asked === 'world') return asked ?? 'world'
  return (['cuba', 'china', 'viet-nam'] as const).find((view) => countryOfView[view] === country) ?? 'world'
}

/** One mark on the map: a place, or several that lie too close together to be told apart in this view. */
export type Mark = Glyph & { x: number; y: number; places: PlaceCounts[]; organizations: number; facilities: number }

/** How a mark is drawn: the radius of the circle for organizations, the side of the square for facilities, and half of both together. */
export type Glyph = { circle: number; square: number; halfWidth: number; halfHeight: number }

/** In units, the radius of the circle for one organization and of the largest, and how far around a mark no other of its country begins. */
const sizes = { world: { one: 2, largest: 11, near: 9 }, part: { one: 3, largest: 21, near: 3 } }

const sizesIn = (area: AreaName) => sizes[area === 'world' ? 'world' : 'part']

/** How a number of organizations and facilities is drawn: areas stand for numbers, those of circles and squares alike. */
export function glyph(organizations: number, facilities: number, per: number): Glyph {
  const circle = tenth(per * Math.sqrt(organizations))
  const square = tenth(per * Math.sqrt(Math.PI * facilities))
  return { circle, square, halfWidth: tenth(circle + square / 2), halfHeight: Math.max(circle, square / 2) }
}

/** The radius of the circle for one organization, smaller where the largest place would otherwise cover the map. */
export function sizeOfOne(places: readonly PlaceCounts[], area: AreaName): number {
  const { one, largest } = sizesIn(area)
  return Math.min(one, largest / Math.sqrt(Math.max(1, ...places.flatMap(({ organizations, facilities }) => [organizations, facilities]))))
}

/** The numbers that the legend shows in their size. */
export function legendSteps(places: readonly PlaceCounts[]): number[] {
  const most = Math.max(0, ...places.flatMap(({ organizations, facilities }) => [organizations, facilities]))
  const steps = [1, 10, 100, 1000, 10_000].filter((step) => step <= most)
  return most > 1.5 * (steps.at(-1) ?? most) ? [...steps, most] : steps
}

/** The marks of a view, the largest first. A place that lies too close to a larger one of the same country shares its mark. */
export function marksOf(places: readonly PlaceCounts[], area: AreaName): Mark[] {
  const per = sizeOfOne(places, area)
  const { near } = sizesIn(area)
  const marks: Mark[] = []
  for (const each of places) {
    const at = place(areaOf(area), [each.longitude, each.latitude])
    if (at === undefined) continue
    const mark = marks.find(
      ({ x, y, halfWidth, halfHeight, places: [first] }) =>
        first?.country === each.country && Math.abs(x - at.x) <= halfWidth + near && Math.abs(y - at.y) <= halfHeight + near,
    )
    if (mark === undefined) marks.push({ ...at, ...glyph(each.organizations, each.facilities, per), places: [each], ...countsOf([each]) })
    else {
      mark.places.push(each)
      const counts = countsOf(mark.places)
      Object.assign(mark, counts, glyph(counts.organizations, counts.facilities, per))
    }
  }
  return marks.toSorted((a, b) => b.organizations + b.facilities - a.organizations - a.facilities)
}

/** All organizations and facilities of some places together. */
export const countsOf = (places: readonly { organizations: number; facilities: number }[]) => ({
  organizations: places.reduce((sum, { organizations }) => sum + organizations, 0),
  facilities: places.reduce((sum, { facilities }) => sum + facilities, 0),
})

export type Arc = { path: string; width: number; n: number }
export type ArcEnd = { place: PlaceRef; x: number; y: number; n: number; radius: number }

/** The links between places as arcs, the weakest first so that the strongest lie on top, and their ends, the busiest first. */
export function arcsOf(links: readonly PlaceLink[], area: AreaName): { arcs: Arc[]; ends: ArcEnd[] } {
  const frame = areaOf(area)
  const shown = links.filter(({ from, to }) => [from, to].every(({ longitude, latitude }) => place(frame, [longitude, latitude])))
  const most = Math.max(1, ...shown.map(({ n }) => n))
  const arcs = shown
    .toSorted((a, b) => a.n - b.n)
    .map(({ from, to, n }) => ({
      path: arcPath(frame, [from.longitude, from.latitude], [to.longitude, to.latitude]),
      width: tenth(0.7 + 3.3 * Math.sqrt((n - 1) / most)),
      n,
    }))
  const ends = new Map<string, ArcEnd>()
  for (const { from, to, n } of shown) {
    for (const end of [from, to]) {
      const at = place(frame, [end.longitude, end.latitude])
      if (at) ends.set(end.key, { place: end, ...at, n: n + (ends.get(end.key)?.n ?? 0), radius: 0 })
    }
  }
  const busiest = Math.max(1, ...[...ends.values()].map(({ n }) => n))
  return {
    arcs,
    ends: [...ends.values()].map((end) => ({ ...end, radius: tenth(2.2 + 3.4 * Math.sqrt(end.n / busiest)) })).toSorted((a, b) => b.n - a.n),
  }
}

const tenth = (n: number) => Math.round(n * 10) / 10
