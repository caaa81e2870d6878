import { labelsOf } from '../../platform/i18n/texts.ts'
import type { Module } from '../../platform/module.ts'
import { digestJob, digestsJob } from './actions/digests.ts'
import { beginEmbedding } from './actions/begin-embedding.ts'
import { embedJob } from './actions/embed-listings.ts'
import { matchJob } from './actions/match-listing.ts'
import { rebuildJob } from './actions/rebuild.ts'
import { tellIntroductionJob } from './actions/tell-introduction.ts'
import { matchingApi } from './api/index.ts'
import { matchingCommands } from './commands/index.ts'
import { matchingPages } from './pages/index.ts'
import { matchSection } from './pages/matches.tsx'
import { newsSection } from './pages/notices.tsx'
import { mayReadIntroductions } from './policy.ts'
import { matchingTexts } from './text/index.ts'

export { enterListings, matchListing, readFeatures } from './actions/match-listing.ts'
export { introduce } from './actions/introduce.ts'
export { rebuildMatches } from './actions/rebuild.ts'
export { listMatches } from './store/matches.ts'
export { introductionInput } from './schema.ts'
export { matchingTexts }

const label = labelsOf(matchingTexts)

/** Which offers and needs fit each other, with reasons. */
export const matching: Module = {
  name: 'matching',
  pages: matchingPages,
  api: matchingApi,
  commands: matchingCommands,
  navigation: [],
  sections: [matchSection, newsSection],
  desk: [{ path: '/desk/introductions', label: label('introduction.title'), may: mayReadIntroductions }],
  jobs: [matchJob, rebuildJob, digestsJob, digestJob, embedJob, tellIntroductionJob],
  begin: beginEmbedding,
}
