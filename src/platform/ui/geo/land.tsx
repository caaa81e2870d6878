import type { AreaName } from './areas.ts'
import outlines from './land.json' with { type: 'json' }

/** The land of an area, drawn by `scripts/make-land.mjs` from Natural Earth, and its lines of longitude and latitude if it has some. */
export function Land({ area }: { area: AreaName }) {
  const { land, grid } = outlines[area]
  return (
    <>
      <path class="land" d={land} transform="scale(.5)" />
      {grid !== '' && <path class="grid" d={grid} />}
    </>
  )
}
