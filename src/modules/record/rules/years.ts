/** More than so many steps are no overview. */
const mostSteps = 14

/**
 * The years at which something changes, as steps to walk through; of too many, evenly chosen ones with the first and the last.
 *
 * @param days ISO 8601 days, in any order; null is not known
 * @example yearSteps(['2010-05-01', null, '2005-01-01', '2010-12-31']) // ['2005', '2010']
 */
export function yearSteps(days: readonly (string | null)[]): string[] {
  const years = [...new Set(days.flatMap((day) => (day === null ? [] : [day.slice(0, 4)])))].toSorted()
  if (years.length <= mostSteps) return years
  return Array.from({ length: mostSteps }, (_, step) => years[Math.round((step * (years.length - 1)) / (mostSteps - 1))] ?? '')
}
