import type { Child } from 'hono/jsx'
import { countryName, languageName } from '../../../platform/i18n/format.ts'
import { htmlLanguage, isLanguage, pickText } from '../../../platform/i18n/languages.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Badge, EdtfDate, Text } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import type { Entry, SourceCited, StatementShown } from '../store/entries.ts'
import type { RecordSay } from '../text/index.ts'
import { Citations, type RecordView } from './parts.tsx'

type Props = RecordView & { entry: Entry; list: { path: string; title: string }; badges: string[]; children?: Child }

/** An entry: its statements field by field, each with its sources; then what else belongs to it; then the sources. */
export function EntryPage({ view, say, entry, list, badges, children }: Props) {
  const title = pickText(entry.title, view.language, entry.title.original)
  const numbers = new Map(entry.sources.map((source, index) => [source.key, { n: index + 1, title: source.title }]))
  const original = entry.title.original
  return (
    <Layout view={view} title={title?.text ?? entry.key}>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(list.path)}>{list.title}</a> › {entry.key}
        </p>
        <h1 lang={title && title.language !== view.language ? htmlLanguage[title.language] : undefined}>{title?.text}</h1>
        <p>
          {badges.map((badge) => (
            <>
              <Badge>{badge}</Badge>{' '}
            </>
          ))}
          {entry.kind === 'agreement' && isLanguage(original) && title?.language !== original && (
            <small>{say('entry.translated', { language: languageName(original, view.language) })}</small>
          )}
        </p>
      </section>
      <section class="two">
        <div>
          <div class="head">
            <h2>{say('entry.facts')}</h2>
          </div>
          <dl class="facts">
            {byField(entry.statements).map(([field, statements]) => (
              <>
                <dt>{fieldLabel(say, field)}</dt>
                <dd>
                  {statements.map((statement) => (
                    <div>
                      <Value view={view} say={say} kind={entry.kind} statement={statement} />
                      <Citations say={say} numbers={numbers} citations={statement.citations} />
                      {statement.rank === 'deprecated' && <Badge tone="warn">{say('entry.deprecated')}</Badge>}
                      {statement.rank === 'preferred' && <Badge>{say('entry.preferred')}</Badge>}
                    </div>
                  ))}
                </dd>
              </>
            ))}
          </dl>
          <p class="small">
            <a href={view.link(`/corrections/new?about=${encodeURIComponent(view.path)}`)}>{say('entry.correct')}</a>
          </p>
        </div>
        <div class="stack">
          {children}
          <Sources view={view} say={say} sources={entry.sources} />
        </div>
      </section>
    </Layout>
  )
}

function Sources({ view, say, sources }: RecordView & { sources: SourceCited[] }) {
  return (
    <section aria-label={say('entry.sources')}>
      <div class="head">
        <h2>{say('entry.sources')}</h2>
      </div>
      <ol class="sources">
        {sources.map((source, index) => (
          <li id={`source-${index + 1}`}>
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
        ))}
      </ol>
    </section>
  )
}

/** The words for a field; a field that has none yet shows its name. */
export function fieldLabel(say: RecordSay, field: string): string {
  const known = ['name', 'acronym', 'alias', 'kind', 'country', 'place', 'parent', 'website', 'title', 'party', 'signed', 'subject', 'status'] as const
  const found = known.find((each) => each === field)
  return found === undefined ? field : say(`field.${found}`)
}

function Value({ view, say, kind, statement }: RecordView & { kind: Entry['kind']; statement: StatementShown }) {
  const { field, value, target, place, language } = statement
  if (typeof value !== 'string') return <Text view={view} text={value} {...(language !== null && { original: language })} />
  if (target) {
    return (
      <a href={view.link(target.path)}>
        <Text view={view} text={target.title} {...(target.title.original && { original: target.title.original })} />
      </a>
    )
  }
  return <PlainValue view={view} say={say} kind={kind} field={field} value={value} place={place} language={language} />
}

type Plain = { view: View; say: RecordSay; kind: Entry['kind']; field: string; value: string; place: StatementShown['place']; language: string | null }

function PlainValue({ view, say, kind, field, value, place, language }: Plain) {
  if (place) return <Text view={view} text={place.names} />
  if (field === 'name' && isLanguage(language)) {
    return (
      <>
        <span lang={htmlLanguage[language]}>{value}</span> {language !== view.language && <small>{languageName(language, view.language)}</small>}
      </>
    )
  }
  if (field === 'website')
    return (
      <a href={value} rel="external noopener">
        {value.replace(/^https?:\/\//, '')}
      </a>
    )
  if (field === 'country' || (field === 'party' && /^[A-Z]{2}$/.test(value))) return <>{countryName(value, view.language)}</>
  if (field === 'signed') return <EdtfDate view={view} date={value} />
  if (field === 'kind' || field === 'status') return <>{say(`${kind}-${field}.${value}` as Parameters<RecordSay>[0])}</>
  return <>{value}</>
}

function byField(statements: readonly StatementShown[]): [string, StatementShown[]][] {
  const groups = new Map<string, StatementShown[]>()
  for (const statement of statements) groups.set(statement.field, [...(groups.get(statement.field) ?? []), statement])
  return [...groups]
}
