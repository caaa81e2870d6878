import { labelsOf } from '../../platform/i18n/texts.ts'
import type { Module } from '../../platform/module.ts'
import { comeDueJob } from './actions/come-due.ts'
import { beginCounting } from './actions/count-views.ts'
import { tellInterestJob } from './actions/tell-interest.ts'
import { translateJob } from './actions/translate.ts'
import { exchangeApi } from './api/index.ts'
import { exchangeCommands } from './commands/index.ts'
import { exchangePages } from './pages/index.ts'
import { countPublicViews } from './pages/views.ts'
import { mayReview } from './policy.ts'
import { largestAttachment, largestForm } from './schema/attachments.ts'
import { largestSheet } from './sheets/read.ts'
import { waitingInterests } from './store/interests.ts'
import { waitingListings } from './store/lists.ts'
import { exchangeTexts } from './text/index.ts'

/** What the demonstration is built with: use cases, and the forms they take. */
export * as listingActions from './actions/index.ts'
export * as listingInputs from './schema/index.ts'
export { loadDerived } from './actions/load-derived.ts'
export { publishDerived } from './actions/publish-derived.ts'
export type { DerivedListing } from './store/derived.ts'
export { openListing, type Opened } from './actions/open.ts'
export { listed as listedShape } from './api/shapes.ts'
export { mayReview, mayWriteFor, sidesOf } from './policy.ts'
export { directions, forms, type CooperationForm, type Stage } from './schema/terms.ts'
export { listingKind, shown as listedColumns, type Listed } from './store/lists.ts'
export { everybodySpace, type Listing } from './store/listings.ts'
export { Concepts, Owner, pillarWord, stageWord, type Names } from './views/parts.tsx'
export { presentListed } from './views/present.ts'
export { suggestConcepts } from './actions/suggest.ts'
export { typedCountries } from './schema/countries.ts'
export { unitIn, unitWord, unitWords } from './rules/units.ts'
export { offersAbout } from './store/about.ts'
export { countForSitemap, listingsForSitemap, listingsPerFile } from './store/sitemap.ts'
export { exchangeTexts }

const label = labelsOf(exchangeTexts)

/** Offers and needs: what members have to give and what they look for. */
export const exchange: Module = {
  name: 'exchange',
  pages: exchangePages,
  api: exchangeApi,
  commands: exchangeCommands,
  navigation: [{ path: '/exchange', label: label('exchange.title') }],
  scopes: [
    { name: 'exchange:read', label: label('exchange.scope-read') },
    { name: 'exchange:write', label: label('exchange.scope-write') },
  ],
  desk: [
    {
      path: '/desk/listings',
      label: label('desk.listings'),
      may: mayReview,
      waits: [{ path: '/desk/listings', label: label('desk.listings-waiting'), rows: waitingListings }],
    },
    {
      path: '/desk/interests',
      label: label('interest.title'),
      may: mayReview,
      waits: [{ path: '/desk/interests?state=open', label: label('interest.desk-waiting'), rows: waitingInterests }],
    },
  ],
  uploads: [
    { path: /^\/listings\/[^/]+\/attachments$/, maxBytes: largestForm },
    { path: /^\/api\/v1\/listings\/[^/]+\/attachments$/, maxBytes: largestAttachment, type: 'application/octet-stream' },
    // Somewhat more than a workbook, so that one that is too large is told of in the form.
    { path: /^\/listings\/sheets$/, maxBytes: 2 * largestSheet },
  ],
  jobs: [comeDueJob, tellInterestJob, translateJob],
  notes: countPublicViews,
  begin: beginCounting,
}
