import { labelsOf } from '../../platform/i18n/texts.ts'
import type { Module } from '../../platform/module.ts'
import { vocabularyApi } from './api/index.ts'
import { vocabularyCommands } from './commands/index.ts'
import { vocabularyPages } from './pages/index.ts'
import { mayCurate } from './policy.ts'
import { openProposals } from './store/proposals.ts'
import { vocabularyTexts } from './text/index.ts'

export { propose } from './actions/proposals.ts'
export { proposalInput } from './schema.ts'
export { conceptKeys, conceptsPerFile, countConcepts } from './store/changes.ts'
export { loadBuiltIn } from './actions/load-built-in.ts'
export { recognizerNow, vocabularyConcepts, vocabularyNow, type Known } from './actions/recognizer.ts'
export { relationsOf, type Relations } from './rules/relations.ts'
export {
  broaderOf,
  conceptNames,
  conceptsLabelled,
  findConcepts,
  loadLabels,
  vocabularyVersion,
  type ConceptFound,
  type ConceptLabel,
  type ConceptName,
} from './store/names.ts'
export { vocabularyTexts }

const label = labelsOf(vocabularyTexts)

/** The thesaurus in four languages: what is meant by a word. */
export const vocabulary: Module = {
  name: 'vocabulary',
  pages: vocabularyPages,
  api: vocabularyApi,
  commands: vocabularyCommands,
  navigation: [{ path: '/concepts', label: label('vocabulary.title'), more: true }],
  desk: [
    {
      path: '/desk/proposals',
      label: label('proposal.desk'),
      may: mayCurate,
      waits: [{ path: '/desk/proposals?state=open', label: label('proposal.desk-waiting'), rows: openProposals }],
    },
  ],
  scopes: [{ name: 'vocabulary:read', label: label('vocabulary.scope-read') }],
}
