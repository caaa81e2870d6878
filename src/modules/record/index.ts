import { labelsOf } from '../../platform/i18n/texts.ts'
import type { Module } from '../../platform/module.ts'
import { recordApi } from './api/index.ts'
import { recordCommands } from './commands/index.ts'
import { recordPages } from './pages/index.ts'
import { mayReadCorrections } from './policy.ts'
import { openCorrections } from './store/corrections.ts'
import { recordTexts } from './text/index.ts'

export { countRecord, listEntries, type Listed } from './store/catalogue.ts'
export { listDisputes, type Dispute } from './store/disputes.ts'
export { DisputeLine } from './views/disputes.tsx'
export { pathOf, termLabel } from './views/parts.tsx'
export { keysForSitemap, keysPerFile } from './store/sitemap.ts'
export { importRecord } from './actions/import-record.ts'
export { knownTitles } from './store/entries.ts'
export { sourceIds as knownSources } from './store/import.ts'
export { sourcesByKeys, type Source } from './store/sources.ts'
export { recordSpace } from './store/tables.ts'
export { entryFilter, entryKinds, plurals, type EntryKind } from './schema.ts'
export { recordTexts } from './text/index.ts'
export {
  entriesAt,
  linksBetweenPlaces,
  placesOnMap,
  type EntryAtPlace,
  type MapFilter,
  type MappedKind,
  type OnMap,
  type PlaceCounts,
  type PlaceLink,
  type PlaceLinks,
  type PlaceRef,
} from './store/map.ts'
export { kindTerms } from './rules/terms.ts'
export {
  countTimeline,
  listTimeline,
  timelineChoices,
  type TimelineChoices,
  type TimelineCount,
  type TimelineCounts,
  type TimelineFilter,
  type TimelineRow,
} from './store/timeline.ts'
export { readNetwork, type NetworkEdge, type NetworkFilter, type NetworkNode, type NetworkRows, type NetworkTie, type NetworkTies } from './store/network.ts'

const label = labelsOf(recordTexts)

export const record: Module = {
  name: 'record',
  pages: recordPages,
  api: recordApi,
  commands: recordCommands,
  uploads: [{ path: /^\/organizations\/[^/]+\/claim$/, maxBytes: 10_500_000 }],
  navigation: [
    { path: '/organizations', label: label('plural.organization') },
    { path: '/agreements', label: label('plural.agreement'), more: true },
    { path: '/products', label: label('plural.product'), more: true },
    { path: '/disputes', label: label('disputes.short'), more: true },
    { path: '/record', label: label('record.title') },
  ],
  scopes: [{ name: 'record:read', label: label('record.scope-read') }],
  desk: [
    {
      path: '/desk/corrections',
      label: label('correction.desk'),
      may: mayReadCorrections,
      waits: [{ path: '/desk/corrections?state=open', label: label('correction.desk-waiting'), rows: openCorrections }],
    },
  ],
}
