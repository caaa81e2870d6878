/** How near to use a product is in a country: what the mark before a state tells at a glance. */
export type Nearness = 'use' | 'way' | 'plan' | 'unsaid'

const trials = new Set(['trial-announced', 'trial-authorized', 'in-trial'])
const plans = new Set(['planned', 'in-research'])

/** @param status of an authorization, null when no source says */
export const nearness = (status: string | null): Nearness => (status === null ? 'unsaid' : trials.has(status) ? 'way' : plans.has(status) ? 'plan' : 'use')

export const signs: Record<Nearness, string> = { use: '●', way: '◐', plan: '○', unsaid: '?' }

/** The columns of a matrix: the countries of its cells, those with most products first. */
export function countriesOf(
  rows: readonly { cells: readonly { country: string | null }[] }[],
  nameOf: (code: string) => string,
  compare: (a: string, b: string) => number,
): string[] {
  const products = new Map<string, number>()
  for (const { cells } of rows) for (const code of new Set(cells.flatMap(({ country }) => country ?? []))) products.set(code, (products.get(code) ?? 0) + 1)
  return [...products].toSorted(([a, n], [b, m]) => m - n || compare(nameOf(a), nameOf(b))).map(([code]) => code)
}
