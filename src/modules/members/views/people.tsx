import type { Issue } from '../../../platform/errors.ts'
import { formatDay, formatMoment } from '../../../platform/i18n/format.ts'
import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Badge } from '../../../platform/ui/text.tsx'
import { roles } from '../schema/kinds.ts'
import { isHeld } from '../rules/roles.ts'
import type { Invitation } from '../store/invitations.ts'
import type { Organization } from '../store/organizations.ts'
import type { HeldByName } from '../store/roles.ts'
import type { Typed } from './member-edit.tsx'
import type { MembersView } from './sign-in.tsx'
import { nameIn } from './words.ts'

export type PeopleProps = MembersView & {
  organization: Organization
  held: readonly HeldByName[]
  invitations: readonly Invitation[]
  /** Whether the reader says who acts for it, or only sees it. */
  may: boolean
  now: Date
  issues?: readonly Issue[]
  typed?: Typed
}

/** Who acts for an organization. */
export function PeoplePage({ view, say, organization, held, invitations, may, now, issues = [], typed = {} }: PeopleProps) {
  const present = held.filter((role) => role.until === null || role.until > now)
  const past = held.filter((role) => !present.includes(role))
  const labels = { email: say('people.email'), role: say('people.role'), person: say('people.person'), from: say('people.from'), until: say('people.until') }
  return (
    <Layout view={view} title={say('people.title')} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/members')}>{say('members.title')}</a> ›{' '}
          <a href={view.link(`/members/${organization.key}`)}>{nameIn(organization.name, view.language, organization.original)}</a>
        </p>
        <h1>{say('people.title')}</h1>
        <p>{say('people.lead')}</p>
        <IssueSummary view={view} issues={issues} labels={labels} />
      </section>
      <section class="stack">
        <h2>{say('people.now')}</h2>
        {present.length === 0 && <p class="empty">{say('people.none')}</p>}
        <ul class="linklist">
          {present.map((role) => (
            <Person view={view} say={say} organization={organization} role={role} all={present} may={may} now={now} />
          ))}
        </ul>
      </section>
      {may && <Invitations view={view} say={say} organization={organization} invitations={invitations} issues={issues} typed={typed} now={now} />}
      {past.length > 0 && (
        <section class="stack">
          <h2>{say('people.past')}</h2>
          <ul class="linklist">
            {past.map((role) => (
              <li>
                {role.person} · {say(`role.${role.role}`)}{' '}
                <small class="nowrap">{say('member.from-to', { from: day(role.from, view), to: day(role.until ?? now, view) })}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="stack">
        <h2>{say('people.roles')}</h2>
        <dl class="facts">
          {roles.map((role) => (
            <>
              <dt>{say(`role.${role}`)}</dt>
              <dd>{say(`role.${role}.may`)}</dd>
            </>
          ))}
        </dl>
      </section>
    </Layout>
  )
}

const day = (at: Date, view: MembersView['view']) => formatDay(at.toISOString().slice(0, 10), view.language)
/** The last day of somebody whose time ends with it. */
const lastDay = (until: Date, view: MembersView['view']) => day(new Date(until.getTime() - 1), view)

type PersonProps = MembersView & { organization: Organization; role: HeldByName; all: readonly HeldByName[]; may: boolean; now: Date }

function Person({ view, say, organization, role, all, may, now }: PersonProps) {
  const stoodInFor = all.find(({ id }) => id === role.deputyOf)
  return (
    <li>
      <span>
        <b>{role.person}</b> · {say(`role.${role.role}`)} {!isHeld(role, now) && <Badge>{say('people.later')}</Badge>}
        {role.deputyOf !== null && <Badge>{stoodInFor ? say('people.deputy-of', { person: stoodInFor.person }) : say('people.deputy')}</Badge>}
      </span>{' '}
      <small class="nowrap">
        {role.until === null
          ? say('member.from', { from: day(role.from, view) })
          : say('member.from-to', { from: day(role.from, view), to: lastDay(role.until, view) })}
      </small>
      {may && (
        <details>
          <summary>{say('people.change')}</summary>
          <Change view={view} say={say} organization={organization} role={role} all={all} may={may} now={now} />
        </details>
      )}
    </li>
  )
}

function Change({ view, say, organization, role, all, now }: PersonProps) {
  const base = view.link(`/members/${organization.key}/roles/${role.id}`)
  const others = [...new Map(all.filter(({ personId }) => personId !== role.personId).map(({ personId, person }) => [personId, person])).entries()]
  const today = now.toISOString().slice(0, 10)
  const choose = (id: string) => (
    <div class="field">
      <label for={`${id}-${role.id}`}>{say('people.person')}</label>
      <select id={`${id}-${role.id}`} name="person">
        {others.map(([value, label]) => (
          <option value={value}>{label}</option>
        ))}
      </select>
    </div>
  )
  return (
    <>
      {role.deputyOf === null && others.length > 0 && (
        <>
          <Form action={`${base}/deputies`}>
            <h3>{say('people.deputize')}</h3>
            {choose('deputy')}
            <div class="field">
              <label for={`from-${role.id}`}>{say('people.from')}</label>
              <input type="date" id={`from-${role.id}`} name="from" value={today} required />
            </div>
            <div class="field">
              <label for={`until-${role.id}`}>{say('people.until')}</label>
              <input type="date" id={`until-${role.id}`} name="until" required />
            </div>
            <button class="btn quiet">{say('people.deputize')}</button>
          </Form>
          <Form action={`${base}/handover`}>
            <h3>{say('people.handover')}</h3>
            <p class="small">{say('people.handover-hint')}</p>
            {choose('heir')}
            <button class="btn quiet">{say('people.handover')}</button>
          </Form>
        </>
      )}
      <form method="post" action={`${base}/end`}>
        <button class="btn quiet">{say('people.end')}</button>
      </form>
    </>
  )
}

type InvitationsProps = MembersView & { organization: Organization; invitations: readonly Invitation[]; issues: readonly Issue[]; typed: Typed; now: Date }

function Invitations({ view, say, organization, invitations, issues, typed, now }: InvitationsProps) {
  const base = `/members/${organization.key}/invitations`
  return (
    <section class="stack">
      <h2>{say('invitation.title')}</h2>
      {invitations.length > 0 && (
        <ul class="linklist">
          {invitations.map(({ id, email, role, sentAt, endsAt }) => (
            <li>
              <span>
                {email} · {roleName(say, role)} {endsAt < now && <Badge tone="warn">{say('invitation.expired')}</Badge>}
              </span>{' '}
              <small>{say('invitation.sent', { date: formatMoment(sentAt, view.language) })}</small>
              <form method="post" action={view.link(`${base}/${id}/withdrawal`)}>
                <button class="btn quiet">{say('invitation.withdraw')}</button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <Form action={view.link(base)}>
        <Field view={view} issues={issues} name="email" label={say('people.email')} value={typed['email']} maxLength={254} type="email" required />
        <Choice
          view={view}
          issues={issues}
          name="role"
          label={say('people.role')}
          value={typed['role'] ?? 'editor'}
          options={roles.map((value) => ({ value, label: say(`role.${value}`) }))}
          required
        />
        <button class="btn">{say('invitation.send')}</button>
      </Form>
    </section>
  )
}

/** What a role in an organization, or an office in a network, is called. */
export function roleName(say: MembersView['say'], role: Invitation['role']): string {
  const inOrganization = roles.find((each) => each === role)
  return inOrganization ? say(`role.${inOrganization}`) : say(`office.${role as Exclude<Invitation['role'], (typeof roles)[number]>}`)
}
