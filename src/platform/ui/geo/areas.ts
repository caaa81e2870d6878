import { geoAlbers, geoMercator, geoNaturalEarth1, type GeoProjection } from 'd3-geo'

/** The parts of the world that maps show, each in a frame of its own. */
export const areaNames = ['world', 'pacific', 'caribbean', 'china', 'indochina'] as const
export type AreaName = (typeof areaNames)[number]

/** Degrees: a longitude east of Greenwich, then a latitude north of the equator. */
export type Position = readonly [longitude: number, latitude: number]

/** A part of the world as it lies in its frame. */
export type Area = {
  name: AreaName
  width: number
  height: number
  projection: GeoProjection
  /** Degrees between the lines of its grid, if it has one. */
  grid: number | undefined
}

type Corners = { west: number; east: number; south: number; north: number }

const width = 720

// The seam of the world lies in the Atlantic, where it cuts nothing but Greenland: the Pacific is in the middle, Cuba on the right, Asia on the left.
// Longitudes past 180 go on counting eastwards.
const frames: Record<AreaName, Corners & { projection: GeoProjection; grid?: number }> = {
  world: { west: -29, east: 329, south: -54, north: 76, projection: geoNaturalEarth1().rotate([-150, 0]) },
  pacific: { west: 70, east: 312, south: -8, north: 87, projection: geoNaturalEarth1().rotate([-192, 0]) },
  caribbean: { west: -86, east: -73.4, south: 18.2, north: 24.8, projection: geoMercator(), grid: 2 },
  china: { west: 97, east: 127, south: 19, north: 45.5, projection: geoAlbers().rotate([-110, 0]).center([0, 33]).parallels([25, 42]), grid: 10 },
  indochina: { west: 99, east: 115.5, south: 8, north: 24, projection: geoMercator(), grid: 5 },
}

const made = new Map<AreaName, Area>()

/** An area with its projection set to fill its frame. */
export function areaOf(name: AreaName): Area {
  const known = made.get(name)
  if (known) return known
  const { projection, grid, ...corners } = frames[name]
  const height = fill(projection, corners)
  const area = { name, width, height, projection, grid }
  made.set(name, area)
  return area
}

/** Sets the projection so that the area is as wide as the frame. @returns the height that this takes */
function fill(projection: GeoProjection, { west, east, south, north }: Corners): number {
  const steps = Array.from({ length: 31 }, (_, step) => step / 30)
  const edge = steps.flatMap((t): [number, number][] => [
    [west + (east - west) * t, south],
    [west + (east - west) * t, north],
    [west, south + (north - south) * t],
    [east, south + (north - south) * t],
  ])
  projection.scale(1000).translate([0, 0])
  const points = edge.flatMap((position) => [projection(position) ?? []].filter((point): point is [number, number] => point.length === 2))
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const scale = width / (Math.max(...xs) - Math.min(...xs))
  projection.scale(1000 * scale).translate([-Math.min(...xs) * scale, -Math.min(...ys) * scale])
  return Math.round((Math.max(...ys) - Math.min(...ys)) * scale)
}

/** Where a position lies in an area, to a tenth of a unit; `undefined` outside of its frame. */
export function place({ projection, width: w, height: h }: Area, position: Position): { x: number; y: number } | undefined {
  const [x, y] = projection([position[0], position[1]]) ?? [-1, -1]
  return x < 0 || y < 0 || x > w || y > h ? undefined : { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 }
}
