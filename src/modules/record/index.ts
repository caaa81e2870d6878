import type { Module } from '../../platform/module.ts'
import { recordApi } from './api/index.ts'
import { recordCommands } from './commands.ts'
import { recordPages } from './pages/index.ts'
import { recordTexts } from './text/index.ts'

export { countRecord } from './store/entries.ts'
export { listAgreements, type AgreementListed } from './store/agreements.ts'
export { importRecord } from './actions/import-record.ts'
export { agreementFilter } from './schema.ts'
export { recordTexts } from './text/index.ts'

const label = (key: 'organizations.title' | 'agreements.title' | 'sources.title') => ({
  en: recordTexts.en(key),
  es: recordTexts.es(key),
  zh: recordTexts.zh(key),
  vi: recordTexts.vi(key),
})

export const record: Module = {
  name: 'record',
  pages: recordPages,
  api: recordApi,
  commands: recordCommands,
  navigation: [
    { path: '/organizations', label: label('organizations.title') },
    { path: '/agreements', label: label('agreements.title') },
    { path: '/sources', label: label('sources.title') },
  ],
}
