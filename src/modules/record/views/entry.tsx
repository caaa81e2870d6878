import { languageInSentence } from '../../../platform/i18n/format.ts'
import { htmlLanguage, isLanguage, pickText } from '../../../platform/i18n/languages.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Badge, EdtfDate, Text } from '../../../platform/ui/text.tsx'
import type { MemberOfEntry, MembersSay } from '../../members/index.ts'
import type { AtTimes } from '../rules/times.ts'
import { plurals, type Times } from '../schema.ts'
import type { Holder } from '../rules/ownership.ts'
import type { Related } from '../store/catalogue.ts'
import type { Entry, SourceCited, StatementShown } from '../store/entries.ts'
import { MemberNote } from './claim.tsx'
import { Citations, type SourceNumbers } from './citations.tsx'
import { fieldLabel } from './labels.ts'
import { Holders } from './ownership.tsx'
import { yearSteps } from '../rules/years.ts'
import { termLabel, type RecordView } from './parts.tsx'
import { RelatedEntries } from './related.tsx'
import { TimesForm, TimesNote, TimeSteps } from './times.tsx'
import { Qualifiers, Value } from './value.tsx'

type Props = RecordView & {
  entry: Entry
  statements: AtTimes<StatementShown>[]
  related: Related[]
  times: Times
  holders?: Holder[]
  ofMember?: { sayMembers: MembersSay; member: MemberOfEntry | undefined }
}

const stepsOf = ({ statements, sources }: Entry) => ({
  changed: yearSteps(statements.flatMap((statement) => [statement.valid_from, statement.valid_to])),
  published: yearSteps(sources.map((source) => source.published_to)),
})

/** An entry: its statements field by field, each with its sources, at the times asked for; then what is linked to it; then the sources. */
export function EntryPage({ view, say, entry, statements, related, times, holders, ofMember }: Props) {
  const title = pickText(entry.title, view.language, entry.title.original)
  const numbers: SourceNumbers = new Map(entry.sources.map((source, index) => [source.key, { n: index + 1, title: source.title, kind: source.kind }]))
  const asked = { asOf: times.as_of, knownAt: times.known_at }
  return (
    <Layout view={view} title={title?.text ?? entry.key}>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(`/${plurals[entry.kind]}`)}>{say(`plural.${entry.kind}`)}</a> › {entry.key}
        </p>
        <h1 lang={title && title.language !== view.language ? htmlLanguage[title.language] : undefined}>{title?.text}</h1>
        <Badges view={view} say={say} entry={entry} />
        {ofMember && <MemberNote view={view} say={say} {...ofMember} entryKey={entry.key} />}
      </section>
      <TimesNote view={view} say={say} {...asked} />
      <section class="two">
        <div>
          <div class="head">
            <h2>{say('entry.facts')}</h2>
          </div>
          {statements.length === 0 && <p class="empty">{say('entry.nothing')}</p>}
          <dl class="facts">
            {byField(statements).map(([field, claims]) => (
              <>
                <dt>{fieldLabel(say, field)}</dt>
                <dd>
                  {claims.map((statement) => (
                    <Statement view={view} say={say} entry={entry} statement={statement} numbers={numbers} />
                  ))}
                </dd>
              </>
            ))}
          </dl>
          <TimeSteps view={view} say={say} {...asked} {...stepsOf(entry)} />
          <TimesForm view={view} say={say} {...asked} />
          <p class="small">
            <a href={view.link(`/corrections/new?about=${encodeURIComponent(view.path)}`)}>{say('entry.correct')}</a> ·{' '}
            <a href={view.link(`/${plurals[entry.kind]}/${entry.key}/history`)}>{say('history.link')}</a>
            {' · '}
            <a href={`/api/v1/record/${plurals[entry.kind]}/${entry.key}`}>JSON</a> ·{' '}
            <a href={`/api/v1/record/${plurals[entry.kind]}/${entry.key}/json-ld`}>JSON-LD</a>
          </p>
        </div>
        <div class="stack">
          <Sources
            view={view}
            say={say}
            sources={entry.sources}
            cited={new Set(statements.flatMap(({ citations }) => citations.map(({ source }) => source)))}
          />
        </div>
      </section>
      {holders && <Holders view={view} say={say} venture={entry.key} statements={statements} holders={holders} numbers={numbers} />}
      <RelatedEntries view={view} say={say} entry={entry} related={related} />
    </Layout>
  )
}

function Badges({ view, say, entry }: RecordView & { entry: Entry }) {
  const original = entry.title.original
  const term = (field: 'kind' | 'status') => {
    const value = entry.statements.find((statement) => statement.field === field && statement.rank !== 'deprecated' && statement.language === null)?.value
    return typeof value === 'string' ? <Badge>{termLabel(say, field, value)}</Badge> : null
  }
  const disputes = [...new Set(entry.statements.flatMap(({ dispute }) => dispute ?? []))]
  const translated = entry.kind !== 'organization' && isLanguage(original) && view.language !== original && entry.title[view.language] !== undefined
  return (
    <p>
      {term('kind')} {entry.statements.some(isDisputed) && <Badge tone="warn">{say('entry.disputed')}</Badge>}{' '}
      {disputes.length > 0 && (
        <small>
          {say('entry.dispute')}:{' '}
          {disputes.map((dispute) => (
            <>
              <a href={view.link(`/disputes/${dispute}`)}>{dispute}</a>{' '}
            </>
          ))}
        </small>
      )}
      {translated && <small>{say('entry.translated', { language: languageInSentence(original, view.language) })}</small>}
    </p>
  )
}

const isDisputed = ({ rank, dispute, citations }: StatementShown) =>
  rank === 'deprecated' || dispute !== null || citations.some(({ stance }) => stance === 'disputes')

function Statement({ view, say, entry, statement, numbers }: RecordView & { entry: Entry; statement: AtTimes<StatementShown>; numbers: SourceNumbers }) {
  return (
    <div class={statement.rank === 'deprecated' ? 'wrong' : undefined}>
      <span>
        <Value view={view} say={say} kind={entry.kind} claim={statement} />
      </span>
      <Citations say={say} numbers={numbers} citations={statement.citations} />
      {statement.rank === 'deprecated' && <Badge tone="warn">{say('entry.deprecated')}</Badge>}
      {statement.rank === 'preferred' && <Badge tone="on">{say('entry.preferred')}</Badge>}
      {statement.last_known && <Badge>{say('times.last-known')}</Badge>}
      <Qualifiers view={view} say={say} claim={statement} valid={statement.valid} />
      {statement.rank_reason && (
        <small class="reason">
          <Text view={view} text={statement.rank_reason} />
        </small>
      )}
    </div>
  )
}

const order = { preferred: 0, normal: 1, deprecated: 2 }

/** The statements of each field, the preferred ones first. */
function byField<S extends StatementShown>(statements: readonly S[]): [string, S[]][] {
  const groups = new Map<string, S[]>()
  for (const statement of statements) groups.set(statement.field, [...(groups.get(statement.field) ?? []), statement])
  return [...groups].map(([field, claims]) => [field, claims.toSorted((a, b) => order[a.rank] - order[b.rank])])
}

/** The numbers stay those of the whole entry, whatever time is asked for. */
function Sources({ view, say, sources, cited }: RecordView & { sources: SourceCited[]; cited: ReadonlySet<string> }) {
  return (
    <section aria-label={say('entry.sources')}>
      <div class="head">
        <h2>{say('entry.sources')}</h2>
      </div>
      <ol class="sources">
        {sources.map(
          (source, index) =>
            cited.has(source.key) && (
              <li id={`source-${index + 1}`} value={index + 1}>
                <a href={view.link(`/sources/${source.key}`)} lang={source.language}>
                  {source.title}
                </a>
                <br />
                <small>
                  {source.publisher} · <EdtfDate view={view} date={source.published} from={source.published_from} /> · {say(`source-kind.${source.kind}`)}
                  {source.url && (
                    <>
                      {' · '}
                      <a href={source.url} rel="external noopener">
                        {say('source.read')}
                      </a>
                    </>
                  )}
                </small>
              </li>
            ),
        )}
      </ol>
    </section>
  )
}
