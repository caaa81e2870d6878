import { Text } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import type { Listed } from '../store/lists.ts'
import { callsTexts } from '../text/index.ts'
import { dayOf } from './parts.tsx'

/** The calls that end soonest, on pages of other modules; nothing when none is open. */
export function UrgentCalls({ view, calls }: { view: View; calls: readonly Listed[] }) {
  const say = callsTexts[view.language]
  if (calls.length === 0) return null
  return (
    <section class="note bad" aria-label={say('calls.urgent')}>
      <b>{say('calls.urgent')}</b>
      <ul>
        {calls.map(({ id, title, original, deadline }) => (
          <li>
            <a href={view.link(`/calls/${id}`)}>
              <Text view={view} text={title} original={original} />
            </a>{' '}
            <small>{say('call.until', { day: dayOf(view, deadline) })}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}
