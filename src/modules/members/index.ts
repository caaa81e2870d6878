import { apiRouter } from '../../platform/http/api.ts'
import { languages, type Language } from '../../platform/i18n/languages.ts'
import type { Module } from '../../platform/module.ts'
import { membersCommands } from './commands/index.ts'
import { membersPages } from './pages/index.ts'
import { listTerms } from './store/terms.ts'
import { membersTexts } from './text/index.ts'

export { firstLink } from './actions/first.ts'

const label = Object.fromEntries(languages.map((language) => [language, membersTexts[language]('terms.title')])) as Record<Language, string>

export const members: Module = {
  name: 'members',
  pages: membersPages,
  api: apiRouter(),
  commands: membersCommands,
  navigation: [],
  footer: async (db) => ((await listTerms(db)).length > 0 ? [{ path: '/terms', label }] : []),
}
