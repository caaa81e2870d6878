import { geoDistance, geoInterpolate } from 'd3-geo'
import { curveNatural, line } from 'd3-shape'
import type { Area, Position } from './areas.ts'

/** A curve through points on the way is as good as the way itself when they lie about ten degrees apart. */
const apart = 0.17

const draw = line().curve(curveNatural).digits(0)

/** The shortest way over the globe between two positions, as a path in the frame of an area. */
export function arcPath({ projection }: Area, from: Position, to: Position): string {
  const [a, b]: [[number, number], [number, number]] = [
    [from[0], from[1]],
    [to[0], to[1]],
  ]
  const steps = Math.max(3, Math.ceil(geoDistance(a, b) / apart))
  const along = geoInterpolate(a, b)
  const points = Array.from({ length: steps + 1 }, (_, step) => projection(along(step / steps))).filter((point) => point !== null)
  return draw(points) ?? ''
}
