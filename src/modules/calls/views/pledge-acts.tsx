import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { unitWord } from '../../exchange/index.ts'
import { declineCodes } from '../schema/terms.ts'
import type { Pledge } from '../store/pledges.ts'
import { one, type Typed } from './parts.tsx'
import { PledgeFields, pledgeLabels } from './pledge-form.tsx'
import type { PledgeProps } from './pledge.tsx'

const some = (value: string | number | null): string[] => (value === null ? [] : [String(value)])

/** A pledge as its form shows it. */
export const typedOfPledge = (pledge: Pledge): Typed => ({
  amount: some(pledge.amount),
  available_from: some(pledge.availableFrom),
  available_until: some(pledge.availableUntil),
  language: [pledge.language],
  conditions: some(pledge.conditions),
  note: some(pledge.note),
})

/** What this reader may do with the pledge now. */
export function PledgeActs(props: PledgeProps) {
  const { view, say, may, issues } = props
  if (may.length === 0) return null
  const labels = {
    ...pledgeLabels(say),
    accepted: say('pledge.accepted'),
    code: say('pledge.declined'),
    decline_note: say('decline.note'),
    delivered: say('delivery.amount'),
    delivered_on: say('delivery.on'),
    delivery_note: say('delivery.note'),
  }
  return (
    <>
      <h2>{say('call.acts')}</h2>
      <IssueSummary view={view} issues={issues} labels={labels} />
      {may.includes('accept') && <Accept {...props} />}
      {may.includes('decline') && <Decline {...props} />}
      {may.includes('deliver') && <Deliver {...props} />}
      {may.includes('change') && <Change {...props} />}
      {may.includes('withdraw') && (
        <form method="post" action={at(props, 'withdrawal')}>
          <Version {...props} />
          <button class="btn end">{say('pledge.withdraw')}</button>
        </form>
      )}
    </>
  )
}

const at = ({ view, pledge }: PledgeProps, noun: string) => view.link(`/pledges/${pledge.id}/${noun}`)
const Version = ({ pledge }: PledgeProps) => <input type="hidden" name="version" value={String(pledge.version)} />

function Accept(props: PledgeProps) {
  const { view, say, pledge, issues, typed } = props
  return (
    <Form action={at(props, 'acceptance')}>
      <Version {...props} />
      <Field
        view={view}
        issues={issues}
        name="accepted"
        label={`${say('pledge.accepted')} (${unitWord(pledge.line.unit, view.language)})`}
        value={one(typed, 'accepted') ?? String(pledge.amount)}
        maxLength={20}
        required
      />
      <button class="btn">{say('pledge.accept')}</button>
    </Form>
  )
}

function Decline(props: PledgeProps) {
  const { view, say, issues, typed } = props
  const options = declineCodes.map((value) => ({ value, label: say(`decline.${value}`) }))
  return (
    <details open={issues.some(({ path }) => path === 'code' || path === 'decline_note')}>
      <summary>{say('pledge.decline')}</summary>
      <Form action={at(props, 'refusal')}>
        <Version {...props} />
        <Choice
          view={view}
          issues={issues}
          name="code"
          label={say('pledge.declined')}
          value={one(typed, 'code')}
          options={options}
          none={view.say('form.choose')}
          required
        />
        <Field view={view} issues={issues} name="decline_note" label={say('decline.note')} value={one(typed, 'decline_note')} maxLength={2000} lines={3} />
        <button class="btn quiet">{say('pledge.decline')}</button>
      </Form>
    </details>
  )
}

function Deliver(props: PledgeProps) {
  const { view, say, pledge, issues, typed, fresh } = props
  const field = (name: 'delivered' | 'delivered_on' | 'delivery_note', label: string, maxLength: number, type?: 'date') => (
    <Field
      view={view}
      issues={issues}
      name={name}
      label={label}
      value={one(typed, name)}
      maxLength={maxLength}
      required={name !== 'delivery_note'}
      {...(type && { type })}
    />
  )
  return (
    <Form action={at(props, 'deliveries')}>
      <input type="hidden" name="id" value={one(typed, 'id') ?? fresh} />
      {field('delivered', `${say('delivery.amount')} (${unitWord(pledge.line.unit, view.language)})`, 20)}
      {field('delivered_on', say('delivery.on'), 10, 'date')}
      {field('delivery_note', say('delivery.note'), 1000)}
      <button class="btn">{say('delivery.record')}</button>
    </Form>
  )
}

function Change(props: PledgeProps) {
  const { view, say, pledge, issues, typed } = props
  const isTyped = typed['available_from'] !== undefined
  return (
    <details open={isTyped}>
      <summary>{say(pledge.state === 'offered' || pledge.state === 'accepted' ? 'pledge.change' : 'pledge.again')}</summary>
      <p class="small">{say('pledge.change-hint')}</p>
      <Form action={at(props, 'edit')}>
        <Version {...props} />
        <PledgeFields {...{ view, say, issues }} typed={isTyped ? typed : typedOfPledge(pledge)} />
        <button class="btn">{say('pledge.send')}</button>
      </Form>
    </details>
  )
}
