// Draws the outline of the land for each area of src/platform/ui/geo/areas.ts, as small as it may be without looking coarse, and writes
// src/platform/ui/geo/land.json. Run it when an area changes: node scripts/make-land.mjs
// Source: Natural Earth (public domain), by way of the package world-atlas. No borders: the maps show where things are, not whose the land is.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { geoArea, geoGraticule, geoPath } from 'd3-geo'
import { feature } from 'topojson-client'
import { areaNames, areaOf } from '../src/platform/ui/geo/areas.ts'

const require = createRequire(import.meta.url)
const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** How much of the detail each area keeps: `smallest` is the size of an island in units, `off` how far the line may leave the true one. */
const detail = {
  world: { scale: '110m', smallest: 3, off: 0.45 },
  pacific: { scale: '110m', smallest: 3, off: 0.45 },
  caribbean: { scale: '10m', smallest: 3.5, off: 0.55 },
  china: { scale: '50m', smallest: 3, off: 0.5 },
  indochina: { scale: '10m', smallest: 3.5, off: 0.6 },
}

/** A unit of the frame in the numbers of the path: the drawing is as fine as a half. */
const fine = 2

const outlines = Object.fromEntries(areaNames.map((name) => [name, { land: outline(name), grid: grid(name) }]))
writeFileSync(join(root, 'src/platform/ui/geo/land.json'), `${JSON.stringify(outlines, null, 2)}\n`)
for (const [name, { land, grid: lines }] of Object.entries(outlines)) {
  console.log(`${name}: land ${land.length} bytes, ${gzipSync(land).length} compressed; grid ${lines.length}, ${gzipSync(lines).length}`)
}

function outline(name) {
  const { scale, smallest, off } = detail[name]
  const topology = JSON.parse(readFileSync(require.resolve(`world-atlas/land-${scale}.json`), 'utf8'))
  return drawn(name, { type: 'MultiPolygon', coordinates: islands(topology) }, 3)
    .split('M')
    .slice(1)
    .map((ring) =>
      ring
        .replace('Z', '')
        .split('L')
        .map((point) => point.split(',').map(Number)),
    )
    .filter((ring) => size(ring) >= smallest)
    .map((ring) => whole(simplify(ring, off)))
    .filter((ring) => ring.length > 2)
    .reduce((written, ring) => written + relative(ring), '')
}

/** The lines of longitude and latitude, where the area has some. */
function grid(name) {
  const { grid: step } = areaOf(name)
  return step === undefined ? '' : drawn(name, geoGraticule().step([step, step])(), 0)
}

/** What an area shows of something, a little past its frame, so that no cut is seen. */
function drawn(name, shape, digits) {
  const { projection, width, height } = areaOf(name)
  projection.clipExtent([
    [-3, -3],
    [width + 3, height + 3],
  ])
  const path = geoPath(projection).digits(digits)(shape) ?? ''
  projection.clipExtent(null)
  return path
}

/** The polygons of the land. One so small that its turn got lost would be taken for all of the earth but itself. */
function islands(topology) {
  const all = feature(topology, topology.objects.land).features.flatMap(({ geometry }) =>
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
  )
  return all.filter((coordinates) => geoArea({ type: 'Polygon', coordinates }) < 2 * Math.PI)
}

function size(ring) {
  const spread = (axis) => Math.max(...ring.map((point) => point[axis])) - Math.min(...ring.map((point) => point[axis]))
  return Math.max(spread(0), spread(1))
}

/** Leaves out what lies no farther than `off` from the line between its neighbours (Douglas and Peucker). */
function simplify(ring, off) {
  const half = Math.floor(ring.length / 2)
  return [...between(ring.slice(0, half + 1), off), ...between([...ring.slice(half), ring[0]], off)]
}

function between(line, off) {
  const first = line[0]
  const last = line.at(-1)
  const distance = ([x, y]) => {
    const [dx, dy] = [last[0] - first[0], last[1] - first[1]]
    const length = Math.hypot(dx, dy)
    return length === 0 ? Math.hypot(x - first[0], y - first[1]) : Math.abs(dx * (y - first[1]) - dy * (x - first[0])) / length
  }
  const distances = line.map(distance)
  const farthest = distances.indexOf(Math.max(...distances))
  if (line.length < 3 || distances[farthest] <= off) return [first]
  return [...between(line.slice(0, farthest + 1), off), ...between(line.slice(farthest), off)]
}

function whole(ring) {
  const points = ring.map(([x, y]) => [Math.round(x * fine), Math.round(y * fine)])
  return points.filter(([x, y], index) => index === 0 || x !== points[index - 1][0] || y !== points[index - 1][1])
}

/** A ring in steps from point to point: `M10 20l3-4`. */
function relative([[startX, startY], ...rest]) {
  let [x, y] = [startX, startY]
  const steps = rest.map(([nextX, nextY]) => {
    const step = [nextX - x, nextY - y].map((n) => (n < 0 ? String(n) : ` ${n}`)).join('')
    x = nextX
    y = nextY
    return step
  })
  return `M${startX} ${startY}l${steps.join('').trim()}z`
}
