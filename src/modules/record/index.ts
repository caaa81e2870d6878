import type { Module } from '../../platform/module.ts'
import { recordApi } from './api/index.ts'
import { recordCommands } from './commands/index.ts'
import { recordPages } from './pages/index.ts'
import { recordTexts } from './text/index.ts'

export { countRecord, listEntries, type Listed } from './store/catalogue.ts'
export { pathOf } from './views/parts.tsx'
export { keysForSitemap, keysPerFile } from './store/sitemap.ts'
export { importRecord } from './actions/import-record.ts'
export { entryFilter, entryKinds, plurals, type EntryKind } from './schema.ts'
export { recordTexts } from './text/index.ts'

const label = (key: Parameters<typeof recordTexts.en>[0]) => ({
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
    { path: '/organizations', label: label('plural.organization') },
    { path: '/agreements', label: label('plural.agreement') },
    { path: '/ventures', label: label('plural.venture') },
    { path: '/products', label: label('plural.product') },
    { path: '/events', label: label('plural.event') },
    { path: '/disputes', label: label('disputes.short') },
    { path: '/record', label: label('record.title') },
  ],
}
