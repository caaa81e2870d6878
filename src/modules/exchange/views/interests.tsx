import type { List } from '../../../platform/db/lists.ts'
import type { Issue } from '../../../platform/errors.ts'
import { formatMoment } from '../../../platform/i18n/format.ts'
import { htmlLanguage } from '../../../platform/i18n/languages.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Text } from '../../../platform/ui/text.tsx'
import { DeskLayout, nameIn, Standing } from '../../members/index.ts'
import { declineReasons } from '../schema/interests.ts'
import type { Interest } from '../store/interests.ts'
import type { MemberRef } from '../store/listings.ts'
import { Paragraphs, type ExchangeView } from './parts.tsx'

const titleOf = ({ listing }: Interest, { view, say }: ExchangeView) =>
  listing === null ? say('interest.listing-gone') : <Text view={view} text={listing.title} original={listing.original} />

const columnsOf = ({ view, say }: ExchangeView, side: 'received' | 'sent'): Column<Interest>[] => [
  { key: 'listing', label: say('found.entry'), cell: (row) => <a href={view.link(`/interests/${row.id}`)}>{titleOf(row, { view, say })}</a> },
  {
    key: 'organization',
    label: say(side === 'sent' ? 'interest.to' : 'interest.from'),
    cell: (row) => <Side view={view} say={say} member={side === 'sent' ? row.receiver : row.organization} />,
  },
  {
    key: 'state',
    label: say('listing.state'),
    cell: ({ state, endedAt }) => <Standing tone={endedAt === null || state === 'accepted' ? 'on' : undefined}>{say(`interest.state-${state}`)}</Standing>,
  },
  { key: 'sent', label: say('listing.sent'), cell: ({ sentAt }) => <span class="nowrap">{formatMoment(sentAt, view.language)}</span> },
]

/** A member, or the secretariat. */
function Side({ view, say, member }: ExchangeView & { member: MemberRef | null }) {
  if (member === null) return <>{say('interest.secretariat')}</>
  return <a href={view.link(`/members/${member.key}`)}>{nameIn(member.name, view.language, member.original)}</a>
}

/** The interests that came to a member, or that it sent. */
export function InterestsPage({
  view,
  say,
  organization,
  list,
  side,
}: ExchangeView & { organization: MemberRef; list: List<Interest>; side: 'received' | 'sent' }) {
  const home = `/members/${organization.key}`
  return (
    <Layout view={view} title={say(`interest.${side}`)} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(home)}>{nameIn(organization.name, view.language, organization.original)}</a> ›{' '}
          <a href={view.link(`${home}/listings`)}>{say('exchange.title')}</a>
        </p>
        <h1>{say('interest.title')}</h1>
        <nav class="tabs" aria-label={say('interest.title')}>
          {(['received', 'sent'] as const).map((each) => (
            <a href={view.link(`${home}/interests?side=${each}`)} aria-current={each === side ? 'page' : undefined}>
              {say(`interest.${each}`)}
            </a>
          ))}
        </nav>
        <Table view={view} caption={say(`interest.${side}`)} columns={columnsOf({ view, say }, side)} page={list} sort="" />
      </section>
    </Layout>
  )
}

/** The interests in listings that no organization has entered, for the secretariat. */
export function DeskInterestsPage({ view, say, list, state }: ExchangeView & { list: List<Interest>; state: string | undefined }) {
  const options = (['open', 'closed'] as const).map((value) => ({ value, label: say(`interest.desk-${value}`) }))
  return (
    <DeskLayout view={view} title={say('interest.title')}>
      <p>{say('interest.desk-lead')}</p>
      <Filters view={view} sort={undefined} filters={[{ name: 'state', label: say('listing.state'), value: state, options }]} />
      <Table view={view} caption={say('interest.title')} columns={columnsOf({ view, say }, 'received')} page={list} sort="" />
    </DeskLayout>
  )
}

type Props = ExchangeView & {
  interest: Interest
  may: { withdraw: boolean; answer: boolean }
  issues: readonly Issue[]
  typed: Record<string, string | undefined>
  stale: boolean
}

/** One interest, for both sides. */
export function InterestPage(props: Props) {
  const { view, say, interest, stale } = props
  return (
    <Layout view={view} title={say('interest.one')} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/exchange')}>{say('exchange.title')}</a>
          {interest.listing !== null && ` › ${interest.listing.number ?? say('found.entry')}`}
        </p>
        <h1>{say('interest.one')}</h1>
        {stale && (
          <div class="note bad" role="alert">
            <b>{say('interest.stale')}</b>
          </div>
        )}
        <Facts view={view} say={say} interest={interest} />
        {interest.message !== null && (
          <div class="typed">
            <Paragraphs text={interest.message} lang={interest.language === view.language ? undefined : htmlLanguage[interest.language]} />
          </div>
        )}
        {interest.endedAt === null && <Ends {...props} />}
      </section>
    </Layout>
  )
}

function Facts({ view, say, interest }: ExchangeView & { interest: Interest }) {
  const { listing, organization, receiver, state, reason, answer, sentAt, seenAt, endedAt } = interest
  const at = (label: string, moment: Date | null) =>
    moment !== null && (
      <>
        <dt>{label}</dt>
        <dd>{formatMoment(moment, view.language)}</dd>
      </>
    )
  return (
    <dl class="facts">
      <dt>{say('found.entry')}</dt>
      <dd>{listing === null ? say('interest.listing-gone') : <a href={view.link(`/listings/${listing.id}`)}>{titleOf(interest, { view, say })}</a>}</dd>
      <dt>{say('interest.from')}</dt>
      <dd>
        <Side view={view} say={say} member={organization} />
      </dd>
      <dt>{say('interest.to')}</dt>
      <dd>
        <Side view={view} say={say} member={receiver} />
      </dd>
      <dt>{say('listing.state')}</dt>
      <dd>
        {say(`interest.state-${state}`)}
        {reason !== null && `: ${say(`decline.${reason}`)}`}
      </dd>
      {answer !== null && (
        <>
          <dt>{say('interest.answer')}</dt>
          <dd class="typed">{answer}</dd>
        </>
      )}
      {at(say('listing.sent'), sentAt)}
      {at(say('interest.seen'), seenAt)}
      {at(say(state === 'accepted' ? 'interest.answered' : 'interest.ended'), endedAt)}
    </dl>
  )
}

/** What this reader may do about an interest that is open. */
function Ends({ view, say, interest, may, issues, typed }: Props) {
  const at = (noun: string) => view.link(`/interests/${interest.id}/${noun}`)
  const version = <input type="hidden" name="version" value={String(interest.version)} />
  const answer = (hint: string, name = 'answer') => (
    <Field
      view={view}
      issues={issues}
      name={name}
      label={say('interest.answer')}
      hint={hint}
      value={typed[name]}
      maxLength={2000}
      lines={4}
      required={name === 'reply'}
    />
  )
  return (
    <>
      <IssueSummary view={view} issues={issues} labels={{ reply: say('interest.answer'), reason: say('listing.reason'), answer: say('interest.answer') }} />
      {may.answer && interest.receiver === null && (
        <Form action={at('closure')}>
          {version}
          {answer(say('interest.handled-hint'))}
          <button class="btn">{say('interest.handled')}</button>
        </Form>
      )}
      {may.answer && interest.receiver !== null && (
        <Form action={at('acceptance')}>
          {version}
          {answer(say('interest.accept-hint'), 'reply')}
          <p class="small">{say('interest.accept-opens', { member: nameIn(interest.organization.name, view.language, interest.organization.original) })}</p>
          <button class="btn">{say('interest.accept')}</button>
        </Form>
      )}
      {may.answer && interest.receiver !== null && (
        <details class="folded" open={issues.some(({ path }) => path === 'reason' || path === 'answer')}>
          <summary>{say('interest.decline')}</summary>
          <Form action={at('refusal')}>
            {version}
            <Choice
              view={view}
              issues={issues}
              name="reason"
              label={say('listing.reason')}
              value={typed['reason']}
              options={declineReasons.map((value) => ({ value, label: say(`decline.${value}`) }))}
              none={view.say('form.choose')}
              required
            />
            {answer(say('interest.answer-hint'))}
            <button class="btn end">{say('interest.decline')}</button>
          </Form>
        </details>
      )}
      {may.withdraw && (
        <form method="post" action={at('withdrawal')}>
          {version}
          <button class="btn end">{say('interest.withdraw')}</button>
        </form>
      )}
    </>
  )
}
