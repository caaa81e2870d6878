import { foldKey } from '../../../platform/text/fold.ts'
import { withoutEnd, withoutEnds } from '../../../platform/text/trim.ts'

const longest = 60

/** What the address of an organization is made of: its name in Latin letters if it has one, else its country. */
export function keyOf(names: readonly string[], country: string): string {
  const words = names.map((name) => withoutEnds(foldKey(name).replaceAll(/[^a-z0-9]+/g, '-'), '-')).find((text) => /[a-z]{2}/.test(text))
  const short = (words ?? `member-${country.toLowerCase()}`).slice(0, longest)
  return withoutEnd(short, '-')
}
