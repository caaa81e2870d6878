import type { Issue } from '../../../platform/errors.ts'
import { pickText } from '../../../platform/i18n/languages.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Text } from '../../../platform/ui/text.tsx'
import { ClaimForm, MemberLink, type ActsFor, type MemberOfEntry, type MembersSay } from '../../members/index.ts'
import { plurals } from '../schema.ts'
import type { Entry } from '../store/entries.ts'
import type { RecordView } from './parts.tsx'

type Props = RecordView & {
  sayMembers: MembersSay
  entry: Entry
  acting: readonly ActsFor[] | undefined
  typed: Record<string, string | undefined>
  issues: readonly Issue[]
}

/** Somebody says that an organization on record is theirs. @param acting the members they act for; `undefined` for who is not signed in */
export function ClaimEntryPage({ view, say, sayMembers, entry, acting, typed, issues }: Props) {
  const own = view.link(`/${plurals.organization}/${entry.key}`)
  return (
    <Layout view={view} title={sayMembers('claim.is-yours')} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(`/${plurals.organization}`)}>{say('plural.organization')}</a> › <a href={own}>{entry.key}</a>
        </p>
        <h1>{sayMembers('claim.is-yours')}</h1>
        <p>
          <b>
            <Text view={view} text={entry.title} {...(entry.title.original && { original: entry.title.original })} />
          </b>
        </p>
        {acting === undefined || acting.length === 0 ? (
          <>
            <p class="empty">{sayMembers('claim.no-member')}</p>
            <p>
              {acting === undefined && (
                <>
                  <a href={view.link(`/sign-in?next=${encodeURIComponent(view.path)}`)}>{sayMembers('sign-in.title')}</a>
                  {' · '}
                </>
              )}
              <a href={view.link(`/apply?entry=${entry.key}`)}>{sayMembers('apply.title')}</a>
            </p>
          </>
        ) : (
          <ClaimForm
            view={view}
            say={sayMembers}
            action={`${own}/claim`}
            members={acting.map(({ key, name, original }) => ({ key, label: pickText(name, view.language, original)?.text ?? key }))}
            issues={issues}
            typed={typed}
          />
        )}
      </section>
    </Layout>
  )
}

/** That the organization on record is a member, with its own words; or the way to say so. */
export function MemberNote({
  view,
  sayMembers,
  member,
  entryKey,
}: RecordView & { sayMembers: MembersSay; member: MemberOfEntry | undefined; entryKey: string }) {
  if (!member)
    return (
      <p class="small">
        <a href={view.link(`/${plurals.organization}/${entryKey}/claim`)} rel="nofollow">
          {sayMembers('claim.is-yours')}
        </a>
      </p>
    )
  const words = pickText(member.profile, view.language)?.text.split(/\n\s*\n/)[0]
  return (
    <section class="note good">
      <b>{sayMembers('claim.member')}</b>
      {words !== undefined && <span>{words}</span>}
      <MemberLink view={view} to={member} />
    </section>
  )
}
