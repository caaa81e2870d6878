import { languageName } from '../../../platform/i18n/format.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Pager, Table, type Column } from '../../../platform/ui/table.tsx'
import { Badge, EdtfDate, Text } from '../../../platform/ui/text.tsx'
import type { Page } from '../../../platform/db/keyset.ts'
import { sourceKinds, type SourceFilter } from '../schema.ts'
import type { List } from '../../../platform/db/lists.ts'
import type { Source, Supported } from '../store/sources.ts'
import { fieldLabel } from './labels.ts'
import { Count, type RecordView } from './parts.tsx'
import { Qualifiers, Value } from './value.tsx'

export function SourcesPage({ view, say, filter, languages, list }: RecordView & { filter: SourceFilter; languages: string[]; list: List<Source> }) {
  return (
    <Layout view={view} title={say('sources.title')} description={say('sources.lead')}>
      <section class="lead">
        <h1>{say('sources.title')}</h1>
        <p>{say('sources.lead')}</p>
      </section>
      <Filters
        view={view}
        sort={view.query.get('sort') ?? undefined}
        filters={[
          { name: 'q', label: say('filter.q'), value: filter.q },
          {
            name: 'kind',
            label: say('column.kind'),
            value: filter.kind,
            options: sourceKinds.map((kind) => ({ value: kind, label: say(`source-kind.${kind}`) })),
          },
          {
            name: 'language',
            label: say('column.language'),
            value: filter.language,
            options: languages.map((code) => ({ value: code, label: languageName(code, view.language) })),
          },
        ]}
      />
      <section class="stack">
        <Count view={view} say={say} total={list.total} what="sources.count" />
        <Table view={view} caption={say('sources.title')} columns={columns({ view, say })} page={list} sort={filter.sort} />
      </section>
    </Layout>
  )
}

function columns({ view, say }: RecordView): Column<Source>[] {
  return [
    {
      key: 'published',
      label: say('column.published'),
      sort: 'published',
      cell: (row) => <EdtfDate view={view} date={row.published} from={row.published_from} />,
    },
    {
      key: 'title',
      label: say('column.source'),
      sort: 'title',
      cell: (row) => (
        <a href={view.link(`/sources/${row.key}`)} lang={row.language}>
          {row.title}
        </a>
      ),
    },
    { key: 'publisher', label: say('column.publisher'), sort: 'publisher', cell: (row) => row.publisher },
    { key: 'kind', label: say('column.kind'), cell: (row) => <Badge>{say(`source-kind.${row.kind}`)}</Badge> },
    { key: 'language', label: say('column.language'), cell: (row) => languageName(row.language, view.language) },
  ]
}

export function SourcePage({ view, say, source, supported }: RecordView & { source: Source; supported: Page<Supported> }) {
  return (
    <Layout view={view} title={source.title}>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/sources')}>{say('sources.title')}</a> › {source.key}
        </p>
        <h1 lang={source.language}>{source.title}</h1>
        <dl class="facts">
          <dt>{say('column.publisher')}</dt>
          <dd>{source.publisher}</dd>
          <dt>{say('column.published')}</dt>
          <dd>
            <EdtfDate view={view} date={source.published} from={source.published_from} />
          </dd>
          <dt>{say('column.language')}</dt>
          <dd>{languageName(source.language, view.language)}</dd>
          <dt>{say('column.kind')}</dt>
          <dd>{say(`source-kind.${source.kind}`)}</dd>
          <dt>{say('column.source')}</dt>
          <dd>
            {source.url === null ? (
              <span class="quiet">{say('source.no-address')}</span>
            ) : (
              <>
                <a href={source.url} rel="external noopener" hreflang={source.language}>
                  {say('source.read')}
                </a>{' '}
                <small>{source.url}</small>
              </>
            )}
          </dd>
        </dl>
      </section>
      <section>
        <div class="head">
          <h2>{say('source.supports')}</h2>
          <small>{say('source.entries')}</small>
        </div>
        {supported.rows.length === 0 && <p class="empty">{say('source.supports-none')}</p>}
        {supported.rows.map((entry) => (
          <SupportedEntry view={view} say={say} entry={entry} />
        ))}
        <Pager view={view} page={supported} />
      </section>
    </Layout>
  )
}

/** What a source says of one entry: each statement with its field, and whether the source speaks for it or against. */
function SupportedEntry({ view, say, entry }: RecordView & { entry: Supported }) {
  const fields = Map.groupBy(entry.statements, ({ field }) => field)
  return (
    <article class="said">
      <h3>
        <a href={view.link(entry.path)}>
          <Text view={view} text={entry.title} {...(entry.title.original && { original: entry.title.original })} />
        </a>{' '}
        <Badge>{say(`entry.${entry.kind}`)}</Badge>
      </h3>
      <dl class="facts">
        {[...fields].map(([field, statements]) => (
          <>
            <dt>{fieldLabel(say, field)}</dt>
            <dd>
              {statements.map((statement) => (
                <div class={statement.rank === 'deprecated' ? 'wrong' : undefined}>
                  <span>
                    <Value view={view} say={say} kind={entry.kind} claim={statement} />
                  </span>{' '}
                  {statement.stance === 'disputes' ? (
                    <Badge tone="warn">{`≠ ${say('source.stance.disputes')}`}</Badge>
                  ) : (
                    <small class="quiet">{say('source.stance.supports')}</small>
                  )}
                  {statement.rank === 'deprecated' && <Badge tone="warn">{say('entry.deprecated')}</Badge>}
                  {statement.locator !== null && <small> {statement.locator}</small>}
                  <Qualifiers view={view} say={say} claim={statement} valid={statement.valid} />
                </div>
              ))}
            </dd>
          </>
        ))}
      </dl>
      {entry.total > entry.statements.length && (
        <p class="small">
          <a href={view.link(entry.path)}>{say('source.more', { n: entry.total - entry.statements.length })}</a>
        </p>
      )}
    </article>
  )
}
