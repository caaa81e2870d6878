import type { Page } from '../../../platform/db/keyset.ts'
import type { Issue } from '../../../platform/errors.ts'
import { formatMoment } from '../../../platform/i18n/format.ts'
import { htmlLanguage, languageNames, languages } from '../../../platform/i18n/languages.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Choice, Field, Form } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table } from '../../../platform/ui/table.tsx'
import { Text } from '../../../platform/ui/text.tsx'
import { DeskLayout, Done, MemberLink, Standing, type ActsFor } from '../../members/index.ts'
import type { Concept } from '../store/concepts.ts'
import type { Proposal } from '../store/proposals.ts'
import { ConceptFields, Wrong, type Typed } from './concept-form.tsx'
import { ConceptLink, nameOf, type VocabularyView } from './parts.tsx'

export type ProposeProps = VocabularyView & { acting: readonly ActsFor[] | undefined; concept: Concept | undefined; typed: Typed; issues?: readonly Issue[] }

/** An editor of a member proposes a concept, terms for one, or a correction. @param acting the members they act for; `undefined` for who is not signed in */
export function ProposePage({ view, say, acting, concept, typed, issues = [] }: ProposeProps) {
  const title = concept === undefined ? say('proposal.new') : say('proposal.change')
  return (
    <Layout view={view} title={title} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/concepts')}>{say('vocabulary.title')}</a>
          {concept && (
            <>
              {' › '}
              <ConceptLink view={view} to={concept} />
            </>
          )}
        </p>
        <h1>{title}</h1>
        <p>{acting === undefined || acting.length === 0 ? say('proposal.nobody') : say('proposal.lead')}</p>
        {acting === undefined && (
          <p>
            <a href={view.link(`/sign-in?next=${encodeURIComponent(view.path + (view.query.size > 0 ? `?${view.query.toString()}` : ''))}`)}>
              {view.say('site.sign-in')}
            </a>
          </p>
        )}
        <Wrong view={view} say={say} issues={issues} />
        {acting !== undefined && acting.length > 0 && <ProposalForm view={view} say={say} acting={acting} concept={concept} typed={typed} issues={issues} />}
      </section>
    </Layout>
  )
}

function ProposalForm({ view, say, acting, concept, typed, issues }: Required<ProposeProps> & { acting: readonly ActsFor[] }) {
  const members = acting.map(({ key, name, original }) => ({ value: key, label: name[view.language] ?? name[original] ?? key }))
  return (
    <Form action={view.link('/concepts/proposals')}>
      <input type="hidden" name="id" value={typed['id']} />
      {concept && <input type="hidden" name="concept" value={concept.key} />}
      <Choice view={view} name="member" label={say('proposal.member')} options={members} value={typed['member']} issues={issues} required />
      {languages.map((language, index) => (
        <Field
          view={view}
          issues={issues}
          name={language}
          label={say('proposal.terms', { language: languageNames[language] })}
          {...(index === 0 && { hint: say('concept.labels-hint') })}
          value={typed[language]}
          maxLength={3000}
          lines={2}
        />
      ))}
      {!concept && (
        <Field
          view={view}
          issues={issues}
          name="broader"
          label={say('proposal.broader')}
          hint={say('proposal.broader-hint')}
          value={typed['broader']}
          maxLength={120}
        />
      )}
      <Field view={view} issues={issues} name="why" label={say('proposal.why')} value={typed['why']} maxLength={2000} lines={4} required />
      <button class="btn">{say('proposal.send')}</button>
    </Form>
  )
}

export function ProposalSentPage({ view, say }: VocabularyView) {
  return (
    <Layout view={view} title={say('proposal.sent-title')} unlisted>
      <section class="stack">
        <h1>{say('proposal.sent-title')}</h1>
        <p>{say('proposal.sent')}</p>
        <p>
          <a href={view.link('/concepts/proposals')}>{say('proposal.mine')}</a> · <a href={view.link('/concepts')}>{say('vocabulary.title')}</a>
        </p>
      </section>
    </Layout>
  )
}

export const kindOf = ({ concept, labels }: Proposal) => (concept === null ? 'concept' : Object.keys(labels).length > 0 ? 'terms' : 'correction')
export const termsOf = ({ labels }: Proposal) => Object.values(labels).join(' · ')

/** What was proposed, what waits first. */
export function ProposalsPage({ view, say, page, state }: VocabularyView & { page: Page<Proposal>; state: string | undefined }) {
  const options = (['open', 'closed'] as const).map((value) => ({ value, label: say(`proposal.${value}`) }))
  const isEmpty = page.rows.length === 0 && state === undefined && !view.query.has('cursor')
  return (
    <DeskLayout view={view} title={say('proposal.desk')}>
      <p>{say('proposal.desk-lead')}</p>
      <Filters view={view} sort={undefined} filters={[{ name: 'state', label: say('proposal.state'), value: state, options }]} />
      {isEmpty ? (
        <p class="empty">{say('proposal.desk-empty')}</p>
      ) : (
        <Table view={view} caption={say('proposal.desk')} columns={columnsOf({ view, say })} page={page} sort="" />
      )}
    </DeskLayout>
  )
}

const columnsOf = ({ view, say }: VocabularyView) => [
  {
    key: 'what',
    label: say('proposal.one'),
    cell: (proposal: Proposal) => (
      <>
        <a href={view.link(`/desk/proposals/${proposal.id}`)}>
          {termsOf(proposal) || (proposal.concept && nameOf(proposal.concept.names, view, proposal.concept.key))}
        </a>{' '}
        <small>{say(`proposal.kind.${kindOf(proposal)}`)}</small>
      </>
    ),
  },
  { key: 'from', label: say('proposal.from'), cell: ({ organization }: Proposal) => <MemberLink view={view} to={organization} /> },
  {
    key: 'state',
    label: say('proposal.state'),
    cell: ({ state }: Proposal) => <Standing tone={state === 'sent' ? 'on' : undefined}>{say(`proposal.state.${state}`)}</Standing>,
  },
  { key: 'sent', label: say('proposal.sent-at'), cell: ({ sentAt }: Proposal) => <span class="nowrap">{formatMoment(sentAt, view.language)}</span> },
]

export type ProposalProps = VocabularyView & { proposal: Proposal; typed: Typed; issues?: readonly Issue[]; done?: boolean }

/** One proposal, and the concept as it would be; or what came of it. */
export function ProposalPage({ view, say, proposal, typed, issues = [], done = false }: ProposalProps) {
  const at = (path: string) => view.link(`/desk/proposals/${proposal.id}/${path}`)
  return (
    <DeskLayout view={view} title={`${say('proposal.one')}: ${say(`proposal.kind.${kindOf(proposal)}`)}`}>
      {done && proposal.state !== 'sent' && <Done>{say('proposal.decided')}</Done>}
      <Facts view={view} say={say} proposal={proposal} />
      {proposal.state === 'sent' && (
        <>
          <h2>{say('proposal.accept')}</h2>
          <p>{say('proposal.accept-lead')}</p>
          <Wrong view={view} say={say} issues={issues} />
          <Form action={at('acceptance')}>
            <input type="hidden" name="proposal" value={String(proposal.version)} />
            <ConceptFields view={view} say={say} typed={typed} issues={issues} isNew={proposal.concept === null} />
            <button class="btn">{say('proposal.accept')}</button>
          </Form>
          <details class="folded" open={issues.some(({ path }) => path === 'reason')}>
            <summary>{say('proposal.decline')}</summary>
            <Form action={at('refusal')}>
              <input type="hidden" name="version" value={String(proposal.version)} />
              <Field
                view={view}
                issues={issues}
                name="reason"
                label={say('concept.reason')}
                hint={say('proposal.decline-hint')}
                value={typed['reason']}
                maxLength={2000}
                lines={3}
                required
              />
              <button class="btn end">{say('proposal.decline')}</button>
            </Form>
          </details>
        </>
      )}
    </DeskLayout>
  )
}

function Facts({ view, say, proposal }: VocabularyView & { proposal: Proposal }) {
  const { organization, concept, broader, result, labels, why, language, state, reason, sentAt } = proposal
  return (
    <dl class="facts">
      <dt>{say('proposal.from')}</dt>
      <dd>
        <MemberLink view={view} to={organization} />
      </dd>
      <dt>{say('proposal.sent-at')}</dt>
      <dd>{formatMoment(sentAt, view.language)}</dd>
      <dt>{say('proposal.state')}</dt>
      <dd>{say(`proposal.state.${state}`)}</dd>
      {[concept, result].map(
        (each, index) =>
          each !== null &&
          (index === 0 || each.id !== concept?.id) && (
            <>
              <dt>{say('vocabulary.concept')}</dt>
              <dd>
                <ConceptLink view={view} to={each} />
              </dd>
            </>
          ),
      )}
      {broader !== null && (
        <>
          <dt>{say('concept.broader')}</dt>
          <dd>
            <Text view={view} text={broader.names} />
          </dd>
        </>
      )}
      {languages.map(
        (each) =>
          labels[each] !== undefined && (
            <>
              <dt>{say('proposal.terms', { language: languageNames[each] })}</dt>
              <dd class="typed" lang={htmlLanguage[each]}>
                {labels[each]}
              </dd>
            </>
          ),
      )}
      <dt>{say('proposal.why')}</dt>
      <dd class="typed" lang={htmlLanguage[language]}>
        {why}
      </dd>
      {reason !== null && (
        <>
          <dt>{say('concept.reason')}</dt>
          <dd class="typed">{reason}</dd>
        </>
      )}
    </dl>
  )
}
