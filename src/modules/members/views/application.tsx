import type { Issue } from '../../../platform/errors.ts'
import { countryName, formatMoment } from '../../../platform/i18n/format.ts'
import { htmlLanguage, languageNames } from '../../../platform/i18n/languages.ts'
import { Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Badge, Text } from '../../../platform/ui/text.tsx'
import { isOpen } from '../rules/applications.ts'
import type { Application, Message } from '../store/applications.ts'
import type { Likely } from '../store/likely.ts'
import { Paragraphs } from './member.tsx'
import type { MembersView } from './sign-in.tsx'
import type { Typed } from './member-edit.tsx'
import { headClass, nameIn, namesOf } from './words.ts'

export type ApplicationProps = MembersView & {
  application: Application
  messages: readonly Message[]
  side: 'applicant' | 'secretariat'
  today: string
  issues?: readonly Issue[]
  typed?: Typed
  /** For the desk: members and entries of the record that have a name like it. */
  likely?: readonly Likely[]
}

/** An application, its questions and answers, and what its reader may do with it. */
export function ApplicationPage(props: ApplicationProps) {
  const { view, say, application, side, issues = [] } = props
  const { name, original, number, state, network, reason } = application
  const title = nameIn(name, view.language, original)
  const labels = {
    text: side === 'secretariat' ? say('application.question') : say('application.answer'),
    reason: say('application.reason'),
    since: say('application.since'),
  }
  return (
    <Layout view={view} title={title} unlisted>
      <section class="stack">
        <p class="kicker">
          {side === 'secretariat' ? (
            <a href={view.link('/desk/applications')}>{say('desk.applications')}</a>
          ) : (
            <a href={view.link('/account')}>{say('account.title')}</a>
          )}{' '}
          › {say('application.number', { n: String(number) })}
        </p>
        <h1 class={headClass(title)}>{title}</h1>
        <p class="tags">
          <Badge tone={state === 'declined' || state === 'withdrawn' ? 'warn' : 'on'}>{say(`application.state.${state}`)}</Badge>{' '}
          <Badge>{nameIn(network.name, view.language)}</Badge>{' '}
          {side === 'secretariat' && application.personId === null && <Badge tone="warn">{say('application.unconfirmed')}</Badge>}
        </p>
        {reason !== null && (
          <div class="note">
            <b>{say('application.reason')}</b>
            <Paragraphs text={reason} />
          </div>
        )}
        {application.state === 'admitted' && application.organization && (
          <p>
            <a href={view.link(`/members/${application.organization.key}`)}>{say('application.member-page')}</a>
          </p>
        )}
        <IssueSummary view={view} issues={issues} labels={labels} />
      </section>
      {side === 'secretariat' ? <DeskColumns {...props} issues={issues} labels={labels} /> : <OwnColumns {...props} issues={issues} labels={labels} />}
    </Layout>
  )
}

type Columns = ApplicationProps & { labels: Labels }

/** What was sent and said, and beside it what there is to decide. */
function DeskColumns(props: Columns) {
  const { view, say, application, likely = [] } = props
  return (
    <div class="two">
      <div class="stack">
        <Sent view={view} say={say} application={application} />
        <Thread {...props} />
      </div>
      <div class="stack">
        <LikelySame view={view} say={say} likely={likely} />
        {isOpen(application.state) && <Decision {...props} />}
      </div>
    </div>
  )
}

/** What the secretariat asks comes first for who applied; what they sent, they know. */
function OwnColumns(props: Columns) {
  const { view, say, application } = props
  return (
    <div class="two">
      <div class="stack">
        <Thread {...props} />
      </div>
      <div class="stack">
        <Sent view={view} say={say} application={application} />
        {isOpen(application.state) && (
          <form method="post" action={view.link(`/applications/${application.id}/withdrawal`)}>
            <Stamp application={application} />
            <button class="btn end">{say('application.withdraw')}</button>
          </form>
        )}
      </div>
    </div>
  )
}

const Stamp = ({ application: { version } }: Pick<ApplicationProps, 'application'>) => <input type="hidden" name="version" value={String(version)} />

function Sent({ view, say, application }: MembersView & { application: Application }) {
  const { name, original, kind, country, website, ror, gln, lei, why, contactName, contactEmail, sentAt, entryKey, language } = application
  const rows: [string, string | null][] = [
    [say('members.kind'), say(`kind.${kind}`)],
    [say('members.country'), countryName(country, view.language)],
    ['ROR', ror],
    ['GLN', gln],
    ['LEI', lei],
    [say('application.contact'), contactName],
    [say('people.email'), contactEmail],
    [say('application.language'), languageNames[language]],
    [say('application.sent-at'), formatMoment(sentAt, view.language)],
  ]
  return (
    <section class="stack">
      <h2>{say('application.sent')}</h2>
      <dl class="facts">
        <dt>{say('members.name')}</dt>
        <dd>
          {namesOf(name, original).map(([each, text]) => (
            <div>
              <span lang={htmlLanguage[each as keyof typeof htmlLanguage]}>{text}</span>
              {each === original && <small> · {say('member.original')}</small>}
            </div>
          ))}
        </dd>
        {website !== null && (
          <>
            <dt>{say('member.website')}</dt>
            <dd>
              <a href={website} rel="nofollow noopener external">
                {website}
              </a>
            </dd>
          </>
        )}
        {rows.map(
          ([label, value]) =>
            value !== null && (
              <>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </>
            ),
        )}
        {entryKey !== null && (
          <>
            <dt>{say('apply.entry')}</dt>
            <dd>
              <a href={view.link(`/search?q=${encodeURIComponent(entryKey)}`)}>{entryKey}</a>
            </dd>
          </>
        )}
      </dl>
      <h3>{say('apply.why')}</h3>
      <Paragraphs text={why} lang={htmlLanguage[language]} />
    </section>
  )
}

/** Who may be meant: so that nobody is admitted twice, and the entry to claim is found. */
function LikelySame({ view, say, likely }: MembersView & { likely: readonly Likely[] }) {
  return (
    <section class="stack">
      <h2>{say('application.likely')}</h2>
      {likely.length === 0 ? (
        <p class="empty">{say('application.likely-none')}</p>
      ) : (
        <ul class="linklist">
          {likely.map(({ path, kind, title }) => (
            <li>
              <a href={view.link(path)}>
                <Text view={view} text={title} {...(title.original && { original: title.original })} />
              </a>{' '}
              <Badge>{kind === 'member' ? say('application.likely-member') : say('application.likely-entry')}</Badge>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** So many messages are in sight; the earlier ones are folded away. */
const inSight = 6

function Thread(props: Columns) {
  const { view, say, messages, application } = props
  const earlier = messages.slice(0, Math.max(0, messages.length - inSight))
  return (
    <section class="stack">
      <h2>{say('application.thread')}</h2>
      {messages.length === 0 && <p class="empty">{say('application.thread-none')}</p>}
      {earlier.length > 0 && (
        <details class="folded">
          <summary>{say('application.thread-earlier', { n: earlier.length })}</summary>
          <Messages view={view} say={say} messages={earlier} />
        </details>
      )}
      {messages.length > 0 && <Messages view={view} say={say} messages={messages.slice(earlier.length)} />}
      {isOpen(application.state) && <Writing {...props} />}
    </section>
  )
}

function Messages({ view, say, messages }: MembersView & { messages: readonly Message[] }) {
  return (
    <ol class="thread">
      {messages.map(({ side, person, text, language, sentAt }) => (
        <li class={side}>
          <small>
            <b>{side === 'secretariat' ? say('application.secretariat') : person}</b> · {formatMoment(sentAt, view.language)}
          </small>
          <Paragraphs text={text} lang={language === view.language ? undefined : htmlLanguage[language]} />
        </li>
      ))}
    </ol>
  )
}

type Labels = { text: string; reason: string; since: string }

function Writing({ view, say, application, side, issues = [], typed = {}, labels }: Columns) {
  return (
    <Form action={view.link(`/applications/${application.id}/messages`)}>
      <Stamp application={application} />
      <Field
        view={view}
        issues={issues}
        name="text"
        label={labels.text}
        hint={side === 'secretariat' ? say('application.question-hint') : say('application.answer-hint')}
        value={typed['text']}
        maxLength={4000}
        lines={4}
        required
      />
      <button class={side === 'secretariat' ? 'btn quiet' : 'btn'}>{side === 'secretariat' ? say('application.ask') : say('application.reply')}</button>
    </Form>
  )
}

/** The secretariat admits; declining is folded away until it is wanted. */
function Decision({ view, say, application, issues = [], typed = {}, labels, today }: Columns) {
  const { id } = application
  const form = { view, issues }
  return (
    <section class="stack">
      <h2>{say('application.admit')}</h2>
      <Form action={view.link(`/applications/${id}/admission`)}>
        <Stamp application={application} />
        <Field {...form} name="since" label={labels.since} value={typed['since'] ?? today} maxLength={10} type="date" required />
        <label class="check">
          <input type="checkbox" name="founding" value="yes" checked={typed['founding'] === 'yes'} /> {say('application.founding')}
        </label>
        <button class="btn">{say('application.admit')}</button>
      </Form>
      <details class="folded" open={issues.some(({ path }) => path === 'reason')}>
        <summary>{say('application.decline')}</summary>
        <Form action={view.link(`/applications/${id}/refusal`)}>
          <Stamp application={application} />
          <Field
            {...form}
            name="reason"
            label={labels.reason}
            hint={say('application.reason-hint')}
            value={typed['reason']}
            maxLength={2000}
            lines={3}
            required
          />
          <button class="btn end">{say('application.decline')}</button>
        </Form>
      </details>
    </section>
  )
}
