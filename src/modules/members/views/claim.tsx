import type { Issue } from '../../../platform/errors.ts'
import { formatMoment } from '../../../platform/i18n/format.ts'
import { Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Badge, Text } from '../../../platform/ui/text.tsx'
import { domainShows } from '../rules/claims.ts'
import type { Claim } from '../store/claims.ts'
import type { Organization } from '../store/organizations.ts'
import type { Typed } from './member-edit.tsx'
import { MemberLink, Paragraphs } from './member.tsx'
import type { MembersView } from './sign-in.tsx'
import { nameIn } from './words.ts'

/** Where a member's claim stands, for its own people; how to make one, if there is none. */
export function OwnClaimPage({ view, say, organization, claim, may }: MembersView & { organization: Organization; claim: Claim | undefined; may: boolean }) {
  const open = claim?.state === 'sent' || claim?.state === 'verified'
  return (
    <Layout view={view} title={say('claim.title')} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/members')}>{say('members.title')}</a> ›{' '}
          <a href={view.link(`/members/${organization.key}`)}>{nameIn(organization.name, view.language, organization.original)}</a>
        </p>
        <h1>{say('claim.title')}</h1>
        {!open && <p>{say('claim.how')}</p>}
        {!open && (
          <form class="search" action={view.link('/organizations')} method="get">
            <input
              type="search"
              name="q"
              value={nameIn(organization.name, view.language, organization.original)}
              maxlength={200}
              aria-label={say('claim.find')}
            />
            <button class="btn">{say('claim.find')}</button>
          </form>
        )}
      </section>
      {claim && <ClaimFacts view={view} say={say} claim={claim} />}
      {claim?.state === 'sent' && may && (
        <form method="post" action={view.link(`/claims/${claim.id}/withdrawal`)}>
          <button class="btn end">{say('claim.withdraw')}</button>
        </form>
      )}
    </Layout>
  )
}

function ClaimFacts({ view, say, claim }: MembersView & { claim: Claim }) {
  const { entryKey, entryName, state, reason, evidence, document, sentAt, decidedAt, email, person, id } = claim
  return (
    <section class="stack">
      <h2>
        <a href={view.link(`/organizations/${entryKey}`)}>
          <Text view={view} text={entryName} {...(entryName.original && { original: entryName.original })} />
        </a>
      </h2>
      <p>
        <Badge tone={state === 'verified' ? 'on' : 'warn'}>{say(`claim.state.${state}`)}</Badge>
      </p>
      <dl class="facts">
        <dt>{say('claim.by-person')}</dt>
        <dd>
          {person} · {email}
        </dd>
        <dt>{say('application.sent-at')}</dt>
        <dd>{formatMoment(sentAt, view.language)}</dd>
        {decidedAt !== null && (
          <>
            <dt>{say('claim.decided-at')}</dt>
            <dd>{formatMoment(decidedAt, view.language)}</dd>
          </>
        )}
        {reason !== null && (
          <>
            <dt>{say('application.reason')}</dt>
            <dd>
              <Paragraphs text={reason} />
            </dd>
          </>
        )}
        <dt>{say('claim.evidence')}</dt>
        <dd>
          <Paragraphs text={evidence} />
        </dd>
        {document && (
          <>
            <dt>{say('claim.document')}</dt>
            <dd>
              <a href={view.link(`/claims/${id}/document`)}>{document.name}</a>
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}

/** A claim on the desk: what it rests on, and the decision. */
export function ClaimPage({ view, say, claim, issues = [], typed = {} }: MembersView & { claim: Claim; issues?: readonly Issue[]; typed?: Typed }) {
  const websites = [...claim.entryWebsites, ...(claim.organization.website === null ? [] : [claim.organization.website])]
  const stamp = <input type="hidden" name="version" value={String(claim.version)} />
  const decline = (path: string, label: string) => (
    <details class="folded" open={issues.length > 0}>
      <summary>{label}</summary>
      <Form action={view.link(`/claims/${claim.id}/${path}`)}>
        {stamp}
        <Field
          view={view}
          issues={issues}
          name="reason"
          label={say('application.reason')}
          hint={say('application.reason-hint')}
          value={typed['reason']}
          maxLength={2000}
          lines={3}
          required
        />
        <button class="btn end">{label}</button>
      </Form>
    </details>
  )
  return (
    <Layout view={view} title={say('claim.title')} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/desk/claims')}>{say('desk.claims')}</a>
        </p>
        <h1>{say('claim.title')}</h1>
        <p>
          {say('claim.by')}: <MemberLink view={view} to={claim.organization} />
        </p>
        <IssueSummary view={view} issues={issues} labels={{ reason: say('application.reason') }} />
      </section>
      <section class="two">
        <ClaimFacts view={view} say={say} claim={claim} />
        <div class="stack">
          <h2>{say('claim.shows')}</h2>
          <p>{say(`claim.domain.${domainShows(claim.email, websites)}`, { email: claim.email })}</p>
          <ul class="linklist">
            {websites.map((website) => (
              <li>
                <a href={website} rel="nofollow noopener external">
                  {website}
                </a>
              </li>
            ))}
          </ul>
          {claim.state === 'sent' && (
            <>
              <Form action={view.link(`/claims/${claim.id}/verification`)}>
                {stamp}
                <button class="btn">{say('claim.verify')}</button>
              </Form>
              {decline('refusal', say('claim.refuse'))}
            </>
          )}
          {claim.state === 'verified' && decline('end', say('claim.end'))}
        </div>
      </section>
    </Layout>
  )
}

/** The form of a claim, below the entry it is about. */
export function ClaimForm({
  view,
  say,
  action,
  members,
  issues = [],
  typed,
}: MembersView & { action: string; members: readonly { key: string; label: string }[]; issues?: readonly Issue[]; typed: Typed }) {
  return (
    <>
      <IssueSummary view={view} issues={issues} labels={{ evidence: say('claim.evidence'), document: say('claim.document'), member: say('claim.by') }} />
      <Form action={action} files>
        <input type="hidden" name="id" value={typed['id']} />
        <div class="field">
          <label for="member">{say('claim.by')}</label>
          <select id="member" name="member">
            {members.map(({ key, label }) => (
              <option value={key} selected={key === typed['member']}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <Field
          view={view}
          issues={issues}
          name="evidence"
          label={say('claim.evidence')}
          hint={say('claim.evidence-hint')}
          value={typed['evidence']}
          maxLength={4000}
          lines={5}
          required
        />
        <div class={issues.some(({ path }) => path === 'document') ? 'field wrong' : 'field'}>
          <label for="document">
            {say('claim.document')} <small>({view.say('form.optional')})</small>
          </label>
          <p class="small" id="document-hint">
            {say('claim.document-hint')}
          </p>
          <input type="file" id="document" name="document" accept="application/pdf,image/png,image/jpeg" aria-describedby="document-hint" />
        </div>
        <button class="btn">{say('claim.send')}</button>
      </Form>
    </>
  )
}
