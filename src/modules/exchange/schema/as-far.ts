import type { Issue } from '../../../platform/errors.ts'
import { listingInput, type ListingInput } from './listings.ts'

/** What stands in for what is wrong and cannot be left out. */
const standIns: Record<string, string> = { direction: 'offer', pillar: 'research', original: 'en', audience: 'network' }

/** A listing without what is wrong with it, so that the rest can be looked up all the same. @returns `undefined` where nothing sound remains */
export function asFarAsSound(typed: Readonly<Record<string, unknown>>, issues: readonly Issue[]): ListingInput | undefined {
  const wrong = Object.fromEntries(
    issues.map(({ path }) => {
      const [field = ''] = path.split('.')
      return [field, standIns[field]]
    }),
  )
  const parsed = listingInput.safeParse({ ...typed, ...wrong, amount: undefined, unit: undefined })
  return parsed.success ? parsed.data : undefined
}
