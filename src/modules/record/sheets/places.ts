import { z } from 'zod'
import type { CsvFile, FileIssue } from '../../../platform/text/csv.ts'
import { key } from '../schema.ts'
import { country, degrees, list, optional, required } from './cells.ts'

/** `places.csv`: every place that other sheets name, under `id`, its English name or one of the ways it is also written. */
export const placeSheet = z.object({
  id: key,
  country,
  region_en: optional,
  name_en: required,
  name_es: optional,
  name_zh: optional,
  name_vi: optional,
  latitude: degrees(90),
  longitude: degrees(180),
  also_written: list,
})
export type PlaceRow = z.output<typeof placeSheet>

/** Finds the key of a place as it is written; a text that two places claim is reported. */
export function placeFinder(places: CsvFile<PlaceRow>): { find: (written: string) => string | undefined; issues: FileIssue[] } {
  const known = new Map<string, { key: string; line: number }>()
  const issues: FileIssue[] = []
  for (const { line, value } of places.rows) {
    for (const name of new Set([value.id, value.name_en, ...value.also_written])) {
      const other = known.get(name)
      if (other && other.key !== value.id)
        issues.push({ file: places.file, line, issue: { path: 'also_written', code: 'repeated', params: { value: name, line: other.line } } })
      else known.set(name, { key: value.id, line })
    }
  }
  return { find: (written) => known.get(written)?.key, issues }
}
