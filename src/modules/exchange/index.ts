import { labelsOf } from '../../platform/i18n/texts.ts'
import type { Module } from '../../platform/module.ts'
import { comeDueJob } from './actions/come-due.ts'
import { exchangeApi } from './api/index.ts'
import { exchangeCommands } from './commands/index.ts'
import { exchangePages } from './pages/index.ts'
import { mayReview } from './policy.ts'
import { waitingListings } from './store/lists.ts'
import { exchangeTexts } from './text/index.ts'

export { loadDerived } from './actions/load-derived.ts'
export { exchangeTexts }

const label = labelsOf(exchangeTexts)

/** Offers and needs: what members have to give and what they look for. */
export const exchange: Module = {
  name: 'exchange',
  pages: exchangePages,
  api: exchangeApi,
  commands: exchangeCommands,
  navigation: [{ path: '/exchange', label: label('exchange.title') }],
  scopes: [{ name: 'exchange:read', label: label('exchange.scope-read') }],
  desk: [
    {
      path: '/desk/listings',
      label: label('desk.listings'),
      may: mayReview,
      waits: [{ path: '/desk/listings', label: label('desk.listings-waiting'), rows: waitingListings }],
    },
  ],
  jobs: [comeDueJob],
}
