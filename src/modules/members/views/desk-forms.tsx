import type { Issue } from '../../../platform/errors.ts'
import { formatMoment } from '../../../platform/i18n/format.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Badge } from '../../../platform/ui/text.tsx'
import { offices } from '../schema/kinds.ts'
import { nextStandings } from '../rules/standings.ts'
import type { Invitation } from '../store/invitations.ts'
import type { Officer } from '../store/networks.ts'
import type { Organization } from '../store/organizations.ts'
import { DeskLayout } from './desk.tsx'
import { FactFields, factLabels, type Typed } from './member-edit.tsx'
import { Standings } from './member.tsx'
import { roleName } from './people.tsx'
import type { MembersView } from './sign-in.tsx'
import { languageOptions, nameIn } from './words.ts'

type Form = { issues?: readonly Issue[]; typed?: Typed }

/** The secretariat enters a member that sent no application. */
export function EnterMemberPage({
  view,
  say,
  networks,
  today,
  issues = [],
  typed = {},
}: MembersView & Form & { networks: { id: string; name: LanguageText }[]; today: string }) {
  const labels = {
    ...factLabels(say),
    name: say('apply.name'),
    original: say('apply.original'),
    english: say('apply.english'),
    since: say('application.since'),
    network: say('members.network'),
  }
  const form = { view, issues }
  return (
    <DeskLayout view={view} title={say('enter.title')}>
      <p>{say('enter.lead')}</p>
      <IssueSummary view={view} issues={issues} labels={labels} />
      <Form action={view.link('/desk/members')}>
        <Choice
          {...form}
          name="network"
          label={labels.network}
          value={typed['network']}
          options={networks.map(({ id, name }) => ({ value: id, label: nameIn(name, view.language) }))}
          required
        />
        <Field {...form} name="name" label={labels.name} value={typed['name']} maxLength={300} required />
        <Choice {...form} name="original" label={labels.original} value={typed['original'] ?? view.language} options={languageOptions} required />
        <Field {...form} name="english" label={labels.english} value={typed['english']} maxLength={300} />
        <FactFields view={view} say={say} issues={issues} typed={typed} />
        <Field {...form} name="since" label={labels.since} value={typed['since'] ?? today} maxLength={10} type="date" required />
        <label class="check">
          <input type="checkbox" name="founding" value="yes" checked={typed['founding'] === 'yes'} /> {say('application.founding')}
        </label>
        <button class="btn">{say('enter.save')}</button>
      </Form>
    </DeskLayout>
  )
}

/** How a member stands, and how it shall stand from today. */
export function StandingPage({
  view,
  say,
  organization,
  desks,
  reasons,
  issues = [],
  typed = {},
}: MembersView & Form & { organization: Organization; desks: ReadonlySet<string>; reasons: ReadonlyMap<string, string> }) {
  const now = organization.standings.filter(({ until, network }) => until === null && desks.has(network))
  return (
    <Layout view={view} title={say('standing.title')} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/members')}>{say('members.title')}</a> ›{' '}
          <a href={view.link(`/members/${organization.key}`)}>{nameIn(organization.name, view.language, organization.original)}</a>
        </p>
        <h1>{say('standing.title')}</h1>
        <IssueSummary view={view} issues={issues} labels={{ reason: say('application.reason') }} />
      </section>
      <Standings view={view} say={say} standings={organization.standings} reasons={reasons} />
      {now.map(({ id, network, networkName, state }) => (
        <section class="stack">
          <h2>{nameIn(networkName, view.language)}</h2>
          <Form action={view.link(`/members/${organization.key}/standing`)}>
            <input type="hidden" name="network" value={network} />
            <input type="hidden" name="now" value={id} />
            <Choice
              view={view}
              issues={issues}
              name="state"
              label={say('standing.next')}
              value={typed['state']}
              options={nextStandings(state).map((value) => ({ value, label: say(`standing.${value}`) }))}
              required
            />
            <Field
              view={view}
              issues={issues}
              name="reason"
              label={say('application.reason')}
              hint={say('standing.reason-hint')}
              value={typed['reason']}
              maxLength={2000}
              lines={3}
            />
            <button class="btn">{say('standing.change')}</button>
          </Form>
        </section>
      ))}
    </Layout>
  )
}

/** The networks that somebody works for. */
export function NetworksPage({ view, say, networks }: MembersView & { networks: readonly { key: string; name: LanguageText }[] }) {
  return (
    <DeskLayout view={view} title={say('crew.title')}>
      <ul class="linklist">
        {networks.map(({ key, name }) => (
          <li>
            <a href={view.link(`/desk/networks/${key}`)}>{nameIn(name, view.language)}</a>
          </li>
        ))}
      </ul>
    </DeskLayout>
  )
}

export type CrewProps = MembersView &
  Form & { network: { key: string; name: LanguageText }; officers: readonly Officer[]; invitations: readonly Invitation[]; may: boolean; now: Date }

/** Who works for a network. */
export function CrewPage({ view, say, network, officers, invitations, may, now, issues = [], typed = {} }: CrewProps) {
  const base = `/desk/networks/${network.key}`
  return (
    <DeskLayout view={view} title={say('crew.title')}>
      <p>{say('crew.lead', { network: nameIn(network.name, view.language) })}</p>
      <IssueSummary view={view} issues={issues} labels={{ email: say('people.email'), role: say('crew.office') }} />
      <ul class="rows">
        {officers.map(({ id, person, office, since }) => (
          <li>
            <span>
              <b>{person}</b> · {say(`office.${office}`)}
            </span>
            <small>{say('member.from', { from: formatMoment(since, view.language) })}</small>
            {may && (
              <form method="post" action={view.link(`${base}/offices/${id}/end`)}>
                <button class="btn end">
                  {say('crew.end')}
                  <span class="visually-hidden"> · {person}</span>
                </button>
              </form>
            )}
          </li>
        ))}
        {may &&
          invitations.map(({ id, email, role, sentAt, endsAt }) => (
            <li>
              <span>
                {email} · {roleName(say, role)}{' '}
                <Badge {...(endsAt < now && { tone: 'warn' as const })}>{endsAt < now ? say('invitation.expired') : say('invitation.open')}</Badge>
              </span>
              <small>{say('invitation.sent', { date: formatMoment(sentAt, view.language) })}</small>
              <form method="post" action={view.link(`${base}/invitations/${id}/withdrawal`)}>
                <button class="btn end">{say('invitation.withdraw')}</button>
              </form>
            </li>
          ))}
      </ul>
      {may && (
        <Form action={view.link(`${base}/invitations`)}>
          <h2>{say('invitation.title')}</h2>
          <Field view={view} issues={issues} name="email" label={say('people.email')} value={typed['email']} maxLength={254} type="email" required />
          <Choice
            view={view}
            issues={issues}
            name="role"
            label={say('crew.office')}
            value={typed['role'] ?? 'secretariat'}
            options={offices.map((value) => ({ value, label: say(`office.${value}`) }))}
            required
          />
          <button class="btn">{say('invitation.send')}</button>
        </Form>
      )}
    </DeskLayout>
  )
}
