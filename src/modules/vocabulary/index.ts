import { labelsOf } from '../../platform/i18n/texts.ts'
import type { Module } from '../../platform/module.ts'
import { vocabularyApi } from './api/index.ts'
import { vocabularyCommands } from './commands/index.ts'
import { vocabularyPages } from './pages/index.ts'
import { vocabularyTexts } from './text/index.ts'

export { loadBuiltIn } from './actions/load-built-in.ts'
export { broaderOf, conceptNames, findConcepts, loadLabels, vocabularyVersion, type ConceptFound, type ConceptLabel, type ConceptName } from './store/names.ts'
export { vocabularyTexts }

const label = labelsOf(vocabularyTexts)

/** The thesaurus in four languages: what is meant by a word. */
export const vocabulary: Module = {
  name: 'vocabulary',
  pages: vocabularyPages,
  api: vocabularyApi,
  commands: vocabularyCommands,
  navigation: [{ path: '/concepts', label: label('vocabulary.title') }],
  scopes: [{ name: 'vocabulary:read', label: label('vocabulary.scope-read') }],
}
