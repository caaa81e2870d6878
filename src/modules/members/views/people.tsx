import type { Issue } from '../../../platform/errors.ts'
import { formatDay, formatMoment } from '../../../platform/i18n/format.ts'
import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Badge } from '../../../platform/ui/text.tsx'
import { roles } from '../schema/kinds.ts'
import { isHeld, isOwn } from '../rules/roles.ts'
import type { Invitation } from '../store/invitations.ts'
import type { Organization } from '../store/organizations.ts'
import type { HeldByName } from '../store/roles.ts'
import type { Typed } from './member-edit.tsx'
import type { MembersView } from './sign-in.tsx'
import { lastDayOf, nameIn } from './words.ts'

export type PeopleProps = MembersView & {
  organization: Organization
  held: readonly HeldByName[]
  invitations: readonly Invitation[]
  /** Whether the reader says who acts for it, or only sees it. */
  may: boolean
  now: Date
  /** The role that the reader is about to change. */
  change?: string | undefined
  issues?: readonly Issue[]
  typed?: Typed
}

/** Who acts for an organization. */
export function PeoplePage({ view, say, organization, held, invitations, may, now, change, issues = [], typed = {} }: PeopleProps) {
  const present = held.filter((role) => role.until === null || role.until > now)
  const past = held.filter((role) => !present.includes(role))
  const labels = {
    email: say('people.email'),
    role: say('people.role'),
    person: say('people.person'),
    from: say('people.from'),
    until: say('people.until'),
    guest_until: say('people.guest-until'),
  }
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
        {present.length === 0 ? (
          <p class="empty">{say('people.none')}</p>
        ) : (
          <ul class="rows">
            {present.map((role) => (
              <Person
                view={view}
                say={say}
                organization={organization}
                role={role}
                all={present}
                may={may}
                now={now}
                {...(change === role.id && { change: { issues, typed } })}
              />
            ))}
          </ul>
        )}
      </section>
      {may && (
        <Invitations
          view={view}
          say={say}
          organization={organization}
          invitations={invitations}
          issues={change === undefined ? issues : []}
          typed={change === undefined ? typed : {}}
          now={now}
        />
      )}
      <Past view={view} say={say} past={past} now={now} />
      <Roles say={say} />
    </Layout>
  )
}

function Past({ view, say, past, now }: MembersView & { past: readonly HeldByName[]; now: Date }) {
  if (past.length === 0) return null
  return (
    <section class="stack">
      <h2>{say('people.past')}</h2>
      <ul class="rows">
        {past.map((role) => (
          <li>
            <span>
              {role.person} · {say(`role.${role.role}`)}
            </span>
            <small>{say('member.from-to', { from: day(role.from, view), to: day(role.until ?? now, view) })}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What each role is for. */
function Roles({ say }: Pick<MembersView, 'say'>) {
  return (
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
  )
}

const day = (at: Date, view: MembersView['view']) => formatDay(at.toISOString().slice(0, 10), view.language)

type Change = { issues: readonly Issue[]; typed: Typed }
type PersonProps = MembersView & { organization: Organization; role: HeldByName; all: readonly HeldByName[]; may: boolean; now: Date; change?: Change }

function Person({ view, say, organization, role, all, may, now, change }: PersonProps) {
  const stoodInFor = all.find(({ id }) => id === role.deputyOf)
  return (
    <li id={change && 'change'}>
      <span>
        <b>{role.person}</b> · {say(`role.${role.role}`)} {!isHeld(role, now) && <Badge>{say('people.later')}</Badge>}{' '}
        {role.deputyOf !== null && <Badge>{stoodInFor ? say('people.deputy-of', { person: stoodInFor.person }) : say('people.deputy')}</Badge>}
      </span>
      <small>
        {role.until === null
          ? say('member.from', { from: day(role.from, view) })
          : say('member.from-to', { from: day(role.from, view), to: formatDay(lastDayOf(role.until), view.language) })}
      </small>
      {may && !change && (
        <a href={`${view.link(`/members/${organization.key}/people`)}?change=${role.id}#change`}>
          {say('people.change')}
          <span class="visually-hidden"> · {role.person}</span>
        </a>
      )}
      {may && change && <Moves view={view} say={say} organization={organization} role={role} all={all} now={now} {...change} />}
    </li>
  )
}

/** What may be done about a role; its end comes last. Only one role at a time has these forms, so that a page of fifty people stays a list. */
function Moves({ view, say, organization, role, all, now, issues, typed }: Omit<PersonProps, 'may' | 'change'> & Change) {
  const base = view.link(`/members/${organization.key}/roles/${role.id}`)
  const others = [...new Map(all.filter((each) => each.personId !== role.personId && isOwn(each)).map(({ personId, person }) => [personId, person])).entries()]
  const options = others.map(([value, label]) => ({ value, label }))
  const form = { view, issues }
  return (
    <div class="moves whole">
      {role.deputyOf === null && isOwn(role) && others.length > 0 && (
        <>
          <Form action={`${base}/deputies`}>
            <h3>{say('people.deputize')}</h3>
            <Choice {...form} name="person" label={say('people.person')} value={typed['person']} options={options} required />
            <Field
              {...form}
              name="from"
              label={say('people.from')}
              value={typed['from'] ?? now.toISOString().slice(0, 10)}
              maxLength={10}
              type="date"
              required
            />
            <Field {...form} name="until" label={say('people.until')} value={typed['until']} maxLength={10} type="date" required />
            <button class="btn">{say('people.deputize')}</button>
          </Form>
          <Form action={`${base}/handover`}>
            <h3>{say('people.handover')}</h3>
            <p class="small">{say('people.handover-hint')}</p>
            <div class="field">
              <label for="heir">{say('people.person')}</label>
              <select id="heir" name="person">
                {others.map(([value, label]) => (
                  <option value={value}>{label}</option>
                ))}
              </select>
            </div>
            <button class="btn quiet">{say('people.handover')}</button>
          </Form>
        </>
      )}
      <form class="whole" method="post" action={`${base}/end`}>
        <button class="btn end">{say('people.end')}</button>
      </form>
    </div>
  )
}

type InvitationsProps = MembersView & { organization: Organization; invitations: readonly Invitation[]; issues: readonly Issue[]; typed: Typed; now: Date }

function Invitations({ view, say, organization, invitations, issues, typed, now }: InvitationsProps) {
  const base = `/members/${organization.key}/invitations`
  return (
    <section class="stack">
      <h2>{say('invitation.title')}</h2>
      {invitations.length > 0 && (
        <ul class="rows">
          {invitations.map(({ id, email, role, sentAt, endsAt }) => (
            <li>
              <span>
                {email} · {roleName(say, role)} {endsAt < now && <Badge tone="warn">{say('invitation.expired')}</Badge>}
              </span>
              <small>{say('invitation.sent', { date: formatMoment(sentAt, view.language) })}</small>
              <form method="post" action={view.link(`${base}/${id}/withdrawal`)}>
                <button class="btn end">{say('invitation.withdraw')}</button>
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
        <Field
          view={view}
          issues={issues}
          name="guest_until"
          label={say('people.guest-until')}
          hint={say('people.guest-until-hint')}
          value={typed['guest_until']}
          maxLength={10}
          type="date"
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
