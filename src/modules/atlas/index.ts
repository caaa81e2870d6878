import type { Module } from '../../platform/module.ts'
import { atlasApi } from './api.ts'
import { atlasPages } from './pages/index.ts'

export { atlasTexts } from './text/index.ts'

/** The public pages that read across the record: home, search. */
export const atlas: Module = { name: 'atlas', pages: atlasPages, api: atlasApi, commands: [], navigation: [] }
