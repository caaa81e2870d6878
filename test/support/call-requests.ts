import { newId } from '../../src/platform/id.ts'
import { inDays, whole } from './calls.ts'
import type { Targets } from './stage.ts'

/** Where routes are asked that are not about the call that is open: the draft of a member, one that was requested, a pledge that is accepted. */
export function callPlaces({ callDraft, callDraftLine, callRequested, pledgeAccepted }: Targets): Record<string, string> {
  const at = (id: string, nouns: string[]) => Object.fromEntries(nouns.map((noun) => [`/calls/:id/${noun}`, `/calls/${id}/${noun}`]))
  return {
    ...at(callDraft, ['edit', 'request', 'withdrawal']),
    '/calls/:id/lines/:line': `/calls/${callDraft}/lines/${callDraftLine}`,
    '/calls/:id/lines/:line/end': `/calls/${callDraft}/lines/${callDraftLine}/end`,
    ...at(callRequested, ['recall', 'return', 'opening']),
    '/pledges/:id/deliveries': `/pledges/${pledgeAccepted}/deliveries`,
  }
}

const content = { amount: '5', available_from: inDays(1), language: 'en' }

/** What is sent to each route of calls that changes something. */
export const callBodies: Record<string, (targets: Targets) => Record<string, string>> = {
  '/calls': ({ network, own }) => ({ id: newId(), origin: 'member', network, member: own, kind: 'outbreak', original: 'en', title: 'x' }),
  '/calls/:id/edit': ({ callDraftVersion }) => ({ ...whole(), version: callDraftVersion }),
  '/calls/:id/lines/:line': () => ({ item_en: 'Doses', amount: '7', unit: 'doses', concepts: 'vaccine', version: '1' }),
  '/calls/:id/lines/:line/end': () => ({}),
  '/calls/:id/request': ({ callDraftVersion }) => ({ version: callDraftVersion }),
  '/calls/:id/withdrawal': ({ callDraftVersion }) => ({ version: callDraftVersion }),
  '/calls/:id/recall': ({ callRequestedVersion }) => ({ version: callRequestedVersion }),
  '/calls/:id/return': ({ callRequestedVersion }) => ({ version: callRequestedVersion, reason: 'x' }),
  '/calls/:id/opening': ({ callRequestedVersion }) => ({ version: callRequestedVersion }),
  '/calls/:id/extension': ({ callVersion }) => ({ version: callVersion, deadline: inDays(40) }),
  '/calls/:id/updates': () => ({ id: newId(), original: 'en', text_en: 'x' }),
  '/calls/:id/closure': ({ callVersion }) => ({ version: callVersion, outcome: 'met', report_original: 'en', report_en: 'x' }),
  '/calls/:id/pledges': ({ callLine, own }) => ({ id: newId(), member: own, line: callLine, ...content }),
  '/desk/calls/:id/broadcast': () => ({ countries: 'VN' }),
  '/pledges/:id/edit': () => ({ ...content, version: '1' }),
  '/pledges/:id/withdrawal': () => ({ version: '1' }),
  '/pledges/:id/acceptance': () => ({ version: '1', accepted: '5' }),
  '/pledges/:id/refusal': () => ({ version: '1', code: 'covered' }),
  '/pledges/:id/deliveries': () => ({ id: newId(), delivered: '1', delivered_on: inDays(0) }),
}
