import { labelsOf } from '../../platform/i18n/texts.ts'
import type { Module } from '../../platform/module.ts'
import { publishedJob, tellJob } from './actions/tell-published.ts'
import { atlasApi } from './api.ts'
import { atlasPages } from './pages/index.ts'
import { atlasTexts } from './text/index.ts'

export { atlasTexts } from './text/index.ts'

const label = labelsOf(atlasTexts)

/** The public pages that read across the record: home, search, map, timeline, network. */
export const atlas: Module = {
  name: 'atlas',
  pages: atlasPages,
  api: atlasApi,
  commands: [],
  jobs: [publishedJob, tellJob],
  navigation: [
    { path: '/map', label: label('nav.map'), more: true },
    { path: '/timeline', label: label('nav.timeline'), more: true },
    { path: '/network', label: label('nav.network'), more: true },
  ],
}
