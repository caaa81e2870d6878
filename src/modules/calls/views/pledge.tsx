import type { Issue } from '../../../platform/errors.ts'
import { htmlLanguage, pickText } from '../../../platform/i18n/languages.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Text } from '../../../platform/ui/text.tsx'
import { nameIn } from '../../members/index.ts'
import type { PledgeVerb } from '../rules/pledges.ts'
import type { Delivery, Pledge } from '../store/pledges.ts'
import { dayOf, quantity, type CallsView, type Typed } from './parts.tsx'
import { PledgeActs } from './pledge-acts.tsx'
import { PledgeState } from './pledges.tsx'

export type PledgeProps = CallsView & {
  pledge: Pledge
  deliveries: readonly Delivery[]
  may: readonly PledgeVerb[]
  issues: readonly Issue[]
  typed: Typed
  fresh: string
}

/** A pledge, for the member that gave it, the desk, and the member behind the call. */
export function PledgePage(props: PledgeProps) {
  const { view, say, pledge, deliveries } = props
  const { call, line, organization } = pledge
  const lang = pledge.language === view.language ? undefined : htmlLanguage[pledge.language]
  const facts: [string, string][] = [
    [say('pledge.available_from'), dayOf(view, pledge.availableFrom)],
    [say('pledge.available_until'), pledge.availableUntil === null ? '' : dayOf(view, pledge.availableUntil)],
    [say('pledge.accepted'), pledge.accepted === null ? '' : quantity(view, pledge.accepted, line.unit)],
    [say('pledge.delivered'), pledge.delivered === 0 ? '' : quantity(view, pledge.delivered, line.unit)],
    [say('pledge.declined'), pledge.declineCode === null ? '' : say(`decline.${pledge.declineCode}`)],
    [say('decline.note'), pledge.declineNote ?? ''],
  ]
  const words: [string, string][] = [
    [say('pledge.conditions'), pledge.conditions ?? ''],
    [say('pledge.note'), pledge.note ?? ''],
  ]
  return (
    <Layout view={view} title={say('pledge.one')} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(`/calls/${call.id}`)}>
            {call.number} {pickText(call.title, view.language, call.original)?.text}
          </a>
        </p>
        <h1>
          {quantity(view, pledge.amount, line.unit)} · <Text view={view} text={line.item} original={line.original} />
        </h1>
        <p class="tags">
          <PledgeState say={say} state={pledge.state} />
        </p>
        <p>
          <a href={view.link(`/members/${organization.key}`)}>{nameIn(organization.name, view.language, organization.original)}</a>
        </p>
        <p class="small">{say('pledge.readers')}</p>
        <dl class="facts">
          {facts
            .filter(([, value]) => value !== '')
            .map(([name, value]) => (
              <>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </>
            ))}
        </dl>
        {words
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <>
              <h2>{name}</h2>
              {value.split(/\n+/).map((each) => (
                <p lang={lang}>{each}</p>
              ))}
            </>
          ))}
        {deliveries.length > 0 && <Deliveries {...props} />}
        <PledgeActs {...props} />
      </section>
    </Layout>
  )
}

function Deliveries({ view, say, pledge, deliveries }: PledgeProps) {
  return (
    <>
      <h2>{say('delivery.title')}</h2>
      <ul class="rows">
        {deliveries.map(({ amount, deliveredOn, note }) => (
          <li>
            {dayOf(view, deliveredOn)} · {quantity(view, amount, pledge.line.unit)} {note !== null && <small>{note}</small>}
          </li>
        ))}
      </ul>
    </>
  )
}
