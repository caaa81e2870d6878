import { Badge, Text } from '../../../platform/ui/text.tsx'
import type { Listed } from '../store/applications.ts'
import type { ActsFor } from '../store/roles.ts'
import type { MembersView } from './sign-in.tsx'

/** The organizations that somebody acts for, and the applications they sent. */
export function Belonging({ view, say, actsFor, applications }: MembersView & { actsFor: readonly ActsFor[]; applications: readonly Listed[] }) {
  return (
    <>
      {actsFor.length > 0 && (
        <section class="stack">
          <h2>{say('account.acts-for')}</h2>
          <ul class="linklist">
            {actsFor.map(({ key, name, original, roles, admitted }) => (
              <li>
                <a href={view.link(`/members/${key}`)}>
                  <Text view={view} text={name} original={original} />
                </a>{' '}
                <small>{roles.map((role) => say(`role.${role}`)).join(' · ')}</small> {!admitted && <Badge tone="warn">{say('standing.suspended')}</Badge>}
                {admitted && <Own view={view} say={say} member={key} />}
              </li>
            ))}
          </ul>
        </section>
      )}
      {applications.length > 0 && (
        <section class="stack">
          <h2>{say('application.mine')}</h2>
          <ul class="linklist">
            {applications.map(({ id, name, original, state }) => (
              <li>
                <a href={view.link(`/applications/${id}`)}>
                  <Text view={view} text={name} original={original} />
                </a>{' '}
                <Badge>{say(`application.state.${state}`)}</Badge>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** Straight to what an organization writes, what came in for it, and what was found for it. */
function Own({ view, say, member }: MembersView & { member: string }) {
  const pages = [
    ['listings', say('member.listings')],
    ['interests', say('member.interests')],
    ['matches', say('member.counterparts')],
  ] as const
  return (
    <p class="small">
      {pages.map(([page, label], index) => (
        <>
          {index > 0 && ' · '}
          <a href={view.link(`/members/${member}/${page}`)}>{label}</a>
        </>
      ))}
    </p>
  )
}
