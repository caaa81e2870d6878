import type { NetworkTies } from '../../record/index.ts'
import { networkKinds, type NetworkInput, type Pillar } from '../schema.ts'

type NetworkKind = (typeof networkKinds)[number]

/**
 * The pillar that an entry belongs to: one for the whole kind of entry, or one for each of its own kinds.
 *
 * - A project is joint research and development; a programme trains.
 * - An agreement belongs where its kind says. Memberships, frameworks, memoranda and credits span pillars, so they belong to none and stand only in the whole.
 * - A venture is founded to make something. So is a plant or a park; a laboratory, an institute or a centre is built for research, a university for training.
 *   A hospital treats, and teaches those who treat: of the five that is training.
 * - An authorization opens a market.
 */
const pillarOf: Record<NetworkKind, Pillar | Record<string, Pillar>> = {
  project: 'research',
  programme: 'training',
  'technology-transfer': 'technology-transfer',
  venture: 'production',
  authorization: 'commercialization',
  agreement: {
    laboratory: 'research',
    training: 'training',
    'technology-transfer': 'technology-transfer',
    'joint-venture': 'production',
    trade: 'commercialization',
  },
  facility: {
    laboratory: 'research',
    institute: 'research',
    centre: 'research',
    university: 'training',
    hospital: 'training',
    plant: 'production',
    park: 'production',
  },
}

/** The entries that tie a network together under the filters. */
export function tiesOf({ pillar, kind }: Pick<NetworkInput, 'pillar' | 'kind'>): NetworkTies {
  return networkKinds
    .filter((each) => kind === undefined || each === kind)
    .flatMap((entry) => {
      const belongs = pillarOf[entry]
      if (pillar === undefined || belongs === pillar) return [{ entry }]
      if (typeof belongs === 'string') return []
      const kinds = Object.keys(belongs).filter((each) => belongs[each] === pillar)
      return kinds.length === 0 ? [] : [{ entry, kinds }]
    })
}
