import type { List } from '../../../platform/db/lists.ts'
import { htmlLanguage } from '../../../platform/i18n/languages.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Badge, Text } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import { conceptStates, type ConceptFilter } from '../schema.ts'
import type { Area, ListedConcept } from '../store/lists.ts'
import { labelFound } from '../store/names.ts'
import { ConceptLink, countOf, nameOf, type VocabularyView } from './parts.tsx'

type Counts = { concepts: number; labels: Partial<Record<string, number>> }
export type ConceptsProps = VocabularyView & { filter: ConceptFilter; areas: readonly Area[]; counts: Counts; list: List<ListedConcept> | undefined }

const areaName = ({ key, names, scheme }: Area, view: View) => scheme ?? nameOf(names, view, key)

/** Areas by their names, as the reader's language orders them: in Chinese by sound. */
export function inReadersOrder(areas: readonly Area[], view: View): Area[] {
  const { compare } = new Intl.Collator(htmlLanguage[view.language])
  return areas.toSorted((a, b) => compare(areaName(a, view), areaName(b, view)))
}

/** The vocabulary: its areas, or what was looked for. */
export function ConceptsPage({ view, say, filter, areas, counts, list }: ConceptsProps) {
  const title = say('vocabulary.title')
  return (
    <Layout view={view} title={title} description={say('vocabulary.lead')} unlisted={list !== undefined} feed={{ path: '/concepts.atom', title }}>
      <section class="lead">
        <h1>{title}</h1>
        <p>{say('vocabulary.lead')}</p>
      </section>
      <Filters view={view} sort={undefined} filters={filtersOf({ view, say, filter, areas })} />
      {list === undefined ? <Areas view={view} say={say} areas={areas} counts={counts} /> : <Found view={view} say={say} filter={filter} list={list} />}
      <p class="small">
        {say('vocabulary.download')}: <a href="/api/v1/concepts.ttl">SKOS Turtle</a> · <a href={view.link('/concepts.atom')}>Atom</a> ·{' '}
        <a href={view.link('/concepts/proposals/new')}>{say('proposal.new')}</a>
        {view.person && (
          <>
            {' · '}
            <a href={view.link('/concepts/proposals')}>{say('proposal.mine')}</a>
          </>
        )}
      </p>
    </Layout>
  )
}

function filtersOf({ view, say, filter, areas }: VocabularyView & { filter: ConceptFilter; areas: readonly Area[] }) {
  return [
    { name: 'q', label: say('vocabulary.find'), value: filter.q },
    {
      name: 'area',
      label: say('vocabulary.area'),
      value: filter.area,
      options: areas.map((area) => ({ value: area.key, label: areaName(area, view) })),
    },
    {
      name: 'state',
      label: say('vocabulary.state'),
      value: filter.state,
      options: conceptStates.map((value) => ({ value, label: say(`vocabulary.state.${value}`) })),
    },
  ]
}

function Areas({ view, say, areas, counts }: VocabularyView & { areas: readonly Area[]; counts: Counts }) {
  const list = (imported: boolean) => areas.filter(({ scheme }) => (scheme !== null) === imported)
  const size = (n: number) => <small>{say('vocabulary.size', { n })}</small>
  return (
    <section class="stack">
      <h2>{say('vocabulary.areas')}</h2>
      <p class="small">
        {say('vocabulary.size', { n: counts.concepts })} ·{' '}
        {say('vocabulary.labels', { n: Object.values(counts.labels).reduce((sum: number, n) => sum + (n ?? 0), 0) })}
      </p>
      <ul class="linklist">
        {list(false).map(({ key, names, n }) => (
          <li>
            <ConceptLink view={view} to={{ key, names }} /> {size(n)}
          </li>
        ))}
      </ul>
      {list(true).length > 0 && <h2>{say('vocabulary.imported')}</h2>}
      <ul class="linklist">
        {list(true).map(({ key, scheme, licence, n }) => (
          <li>
            <a href={`${view.link('/concepts')}?area=${key}`}>{scheme}</a> {size(n)} {licence !== null && <small>{licence}</small>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Found({ view, say, filter, list }: VocabularyView & { filter: ConceptFilter; list: List<ListedConcept> }) {
  return (
    <section class="stack">
      <p class="small">{countOf({ view, say }, list.total)}</p>
      <Table view={view} caption={say('vocabulary.title')} columns={columnsOf({ view, say }, filter.q)} page={list} sort="" />
    </section>
  )
}

const columnsOf = ({ view, say }: VocabularyView, q: string | undefined): Column<ListedConcept>[] => [
  {
    key: 'concept',
    label: say('vocabulary.concept'),
    cell: (row) => {
      const found = q === undefined ? null : labelFound(q, nameOf(row.names, view, row.key), row.labels)
      return (
        <>
          <ConceptLink view={view} to={row} /> {row.state === 'retired' && <Badge tone="warn">{say('vocabulary.state.retired')}</Badge>}
          {found !== null && (
            <small class="quiet">
              {' '}
              {say('vocabulary.also')} {found}
            </small>
          )}
        </>
      )
    },
  },
  {
    key: 'area',
    label: say('vocabulary.area'),
    cell: ({ area, areaNames }) => <small>{areaNames === null ? area : <Text view={view} text={areaNames} />}</small>,
  },
]
