import { formatMoment, formatNumber } from '../../../platform/i18n/format.ts'
import { htmlLanguage, languageNames } from '../../../platform/i18n/languages.ts'
import type { Page } from '../../../platform/db/keyset.ts'
import { mailStates, type MailInOutbox } from '../../../platform/mail/outbox.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { DeskLayout, Done, Standing } from './desk.tsx'
import type { MembersView } from './sign-in.tsx'

export type OutboxProps = MembersView & {
  page: Page<MailInOutbox>
  state: string | undefined
  /** Whether mail goes out at all. */
  hasServer: boolean
  done: 'retry' | 'withdrawal' | undefined
}

/** The mails that have not gone out. */
export function OutboxPage({ view, say, page, state, hasServer, done }: OutboxProps) {
  const options = mailStates.map((value) => ({ value, label: say(`desk.mail.state.${value}`) }))
  const isEmpty = page.rows.length === 0 && state === undefined && !view.query.has('cursor')
  return (
    <DeskLayout view={view} title={say('desk.outbox')}>
      <p>{say('desk.outbox.lead')}</p>
      {done && <Done>{say(`desk.mail.done.${done}`)}</Done>}
      {!hasServer && (
        <div class="note">
          <b>{say('desk.outbox.no-server')}</b>
          <span>{say('desk.outbox.no-server-more')}</span>
        </div>
      )}
      <Filters view={view} sort={undefined} filters={[{ name: 'state', label: say('desk.state'), value: state, options }]} />
      {isEmpty ? (
        <p class="empty">{say('desk.outbox.empty')}</p>
      ) : (
        <Table view={view} caption={say('desk.outbox')} columns={columnsOf({ view, say })} page={page} sort="" />
      )}
    </DeskLayout>
  )
}

function columnsOf({ view, say }: MembersView): Column<MailInOutbox>[] {
  return [
    {
      key: 'subject',
      label: say('desk.mail.subject'),
      cell: ({ id, subject, language }) => (
        <a class="names" href={view.link(`/desk/outbox/${id}`)} lang={htmlLanguage[language]}>
          {subject}
        </a>
      ),
    },
    { key: 'to', label: say('desk.mail.to'), cell: ({ to }) => <span class="typed">{to}</span> },
    {
      key: 'language',
      label: view.say('site.languages'),
      cell: ({ language }) => (
        <span class="nowrap" lang={htmlLanguage[language]}>
          {languageNames[language]}
        </span>
      ),
    },
    { key: 'state', label: say('desk.state'), cell: (mail) => <State say={say} mail={mail} /> },
    { key: 'attempts', label: say('desk.mail.attempts'), cell: ({ attempts }) => formatNumber(attempts, view.language) },
    { key: 'answer', label: say('desk.mail.answer'), cell: ({ answer }) => answer && <small class="typed">{answer.slice(0, mostOfAnswer)}</small> },
    {
      key: 'made',
      label: say('desk.mail.made'),
      cell: ({ madeAt }) => (
        <time class="nowrap" datetime={madeAt.toISOString()}>
          {formatMoment(madeAt, view.language)}
        </time>
      ),
    },
  ]
}

/** Letters of an answer that the list shows; the page of the mail has them all. */
const mostOfAnswer = 160

function State({ say, mail }: Pick<MembersView, 'say'> & { mail: MailInOutbox }) {
  return <Standing tone={mail.state === 'refused' ? 'warn' : undefined}>{say(`desk.mail.state.${mail.state}`)}</Standing>
}

export type MailProps = MembersView & { mail: MailInOutbox; body: string | undefined }

/** One mail, with what it says. */
export function MailPage({ view, say, mail, body }: MailProps) {
  const isOpen = mail.state === 'waiting' || mail.state === 'refused'
  return (
    <DeskLayout view={view} title={say('desk.mail.title')}>
      <MailFacts view={view} say={say} mail={mail} />
      <h2>{say('desk.mail.text')}</h2>
      {body === undefined ? (
        <p class="empty">{say(isOpen ? 'desk.mail.sealed' : 'desk.mail.emptied')}</p>
      ) : (
        <>
          <p class="small">{say('desk.mail.read')}</p>
          <p class="typed" lang={htmlLanguage[mail.language]}>
            {body}
          </p>
        </>
      )}
      {isOpen && (
        <>
          <form method="post" action={view.link(`/desk/outbox/${mail.id}/retry`)}>
            <input type="hidden" name="attempts" value={String(mail.attempts)} />
            <button class="btn">{say('desk.mail.retry')}</button>
          </form>
          <form method="post" action={view.link(`/desk/outbox/${mail.id}/withdrawal`)}>
            <p class="small">{say('desk.mail.withdraw-hint')}</p>
            <button class="btn quiet">{say('desk.mail.withdraw')}</button>
          </form>
        </>
      )}
    </DeskLayout>
  )
}

function MailFacts({ view, say, mail }: MembersView & { mail: MailInOutbox }) {
  const moment = (date: Date) => <time datetime={date.toISOString()}>{formatMoment(date, view.language)}</time>
  return (
    <dl class="facts">
      <dt>{say('desk.mail.subject')}</dt>
      <dd lang={htmlLanguage[mail.language]}>{mail.subject}</dd>
      <dt>{say('desk.mail.to')}</dt>
      <dd class="typed">{mail.to}</dd>
      <dt>{say('desk.state')}</dt>
      <dd>
        <State say={say} mail={mail} />
      </dd>
      <dt>{say('desk.mail.attempts')}</dt>
      <dd>{formatNumber(mail.attempts, view.language)}</dd>
      {mail.answer && (
        <>
          <dt>{say('desk.mail.answer')}</dt>
          <dd class="typed">{mail.answer}</dd>
        </>
      )}
      <dt>{say('desk.mail.made')}</dt>
      <dd>{moment(mail.madeAt)}</dd>
      <dt>{say('desk.mail.ends')}</dt>
      <dd>{moment(mail.endsAt)}</dd>
    </dl>
  )
}
