import { labelsOf } from '../../platform/i18n/texts.ts'
import type { Module } from '../../platform/module.ts'
import { broadcastJob } from './actions/broadcast.ts'
import { comeDueJob } from './actions/come-due.ts'
import { totalsJob } from './actions/pledges.ts'
import { tellJob } from './actions/tell.ts'
import { callsApi } from './api/index.ts'
import { callsCommands } from './commands/index.ts'
import { callsPages } from './pages/index.ts'
import { mayReadQueue } from './policy.ts'
import { waitingCalls } from './store/lists.ts'
import { waitingPledges } from './store/pledges.ts'
import { callsTexts } from './text/index.ts'

/** What the demonstration is built with: use cases, and the forms they take. */
export * as callActions from './actions/index.ts'
export * as callInputs from './schema/index.ts'
export { openCalls } from './store/lists.ts'
export type { Listed as CallListed } from './store/lists.ts'
export { UrgentCalls } from './views/banner.tsx'
export { callsTexts }

const label = labelsOf(callsTexts)

/** Calls for urgent needs: what is needed in an outbreak or a shortage, and what members pledge. */
export const calls: Module = {
  name: 'calls',
  pages: callsPages,
  api: callsApi,
  commands: callsCommands,
  navigation: [{ path: '/calls', label: label('calls.nav') }],
  scopes: [{ name: 'calls:read', label: label('calls.scope-read') }],
  desk: [
    {
      path: '/desk/calls',
      label: label('desk.calls'),
      may: mayReadQueue,
      waits: [
        { path: '/desk/calls', label: label('desk.calls-waiting'), rows: waitingCalls },
        { path: '/desk/pledges', label: label('desk.pledges'), rows: waitingPledges },
      ],
    },
  ],
  jobs: [broadcastJob, comeDueJob, tellJob, totalsJob],
}
