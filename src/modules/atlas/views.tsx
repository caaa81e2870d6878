import type { Child } from 'hono/jsx'
import { formatNumber } from '../../platform/i18n/format.ts'
import type { Found, Hit } from '../../platform/search/search.ts'
import { countCap } from '../../platform/search/search.ts'
import { Layout } from '../../platform/ui/layout.tsx'
import { SearchForm } from '../../platform/ui/search-form.tsx'
import { withQuery } from '../../platform/ui/table.tsx'
import { Badge, EdtfDate, Text } from '../../platform/ui/text.tsx'
import type { View } from '../../platform/ui/view.ts'
import { pathOf, plurals, recordTexts, type EntryKind, type Listed } from '../record/index.ts'
import { hitsPerPage, type searchKinds } from './schema.ts'
import type { AtlasSay } from './text/index.ts'

type AtlasView = { view: View; say: AtlasSay }

const figures = ['organization', 'agreement', 'venture', 'facility', 'product', 'event'] as const

export function HomePage({ view, say, counts, latest }: AtlasView & { counts: Record<'source' | EntryKind, number>; latest: Listed[] }) {
  return (
    <Layout view={view} title={say('home.title')} description={say('home.lead')}>
      <section class="lead">
        <h1>{say('home.title')}</h1>
        <p>{say('home.lead')}</p>
        <SearchForm view={view} placeholder={say('home.placeholder')} />
        <p class="small">{view.say('search.hint')}</p>
      </section>
      <dl class="figures" aria-label={say('home.counts')}>
        {figures.map((kind) => (
          <Figure view={view} path={`/${plurals[kind]}`} label={recordTexts[view.language](`plural.${kind}`)} n={counts[kind]} />
        ))}
        <Figure view={view} path="/sources" label={recordTexts[view.language]('sources.title')} n={counts.source} />
      </dl>
      <section>
        <div class="head">
          <h2>{say('home.latest')}</h2>
          <a href={view.link('/events')}>{say('home.all')}</a>
        </div>
        {latest.length === 0 ? <p class="empty">{say('home.empty')}</p> : <Latest view={view} rows={latest} />}
      </section>
    </Layout>
  )
}

function Figure({ view, path, label, n }: { view: View; path: string; label: string; n: number }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <a href={view.link(path)}>{formatNumber(n, view.language)}</a>
      </dd>
    </div>
  )
}

function Latest({ view, rows }: { view: View; rows: Listed[] }) {
  return (
    <ol class="events">
      {rows.map((row) => (
        <li>
          <EdtfDate view={view} date={row.date} from={row.date_from} />
          <a href={view.link(pathOf(row))}>
            <Text view={view} text={row.title} original="en" />
          </a>
        </li>
      ))}
    </ol>
  )
}

export type SearchProps = AtlasView & { q: string; kind: (typeof searchKinds)[number] | undefined; page: number; found: Found }

export function SearchPage({ view, say, q, kind, page, found }: SearchProps) {
  const total = found.counts.reduce((sum, { n }) => sum + n, 0)
  return (
    <Layout view={view} title={q === '' ? say('search.title') : `${q} · ${say('search.title')}`} unlisted>
      <section class="stack">
        <h1>{say('search.title')}</h1>
        <SearchForm view={view} typed={q} placeholder={say('home.placeholder')} />
        {q === '' ? <p>{say('search.ask')}</p> : <Outcome view={view} say={say} q={q} total={total} capped={found.capped} />}
      </section>
      {total > 0 && (
        <section>
          <nav class="tabs" aria-label={view.say('filter.title')}>
            <Tab view={view} label={say('search.all')} kind={undefined} n={total} chosen={kind} />
            {found.counts.map((count) => (
              <Tab view={view} label={labelOf(view, count.kind, 'plural')} kind={count.kind} n={count.n} chosen={kind} />
            ))}
          </nav>
          <ol class="hits">
            {found.hits.map((hit) => (
              <HitItem view={view} hit={hit} />
            ))}
          </ol>
          <Pages view={view} page={page} more={found.hits.length === hitsPerPage} />
        </section>
      )}
    </Layout>
  )
}

function Outcome({ say, view, q, total, capped }: AtlasView & { q: string; total: number; capped: boolean }) {
  const words: Child =
    total === 0
      ? say('search.none', { q })
      : capped
        ? say('search.capped', { n: formatNumber(countCap, view.language), q })
        : say('search.results', { n: total, q })
  return <p role="status">{words}</p>
}

function Tab({ view, label, kind, n, chosen }: { view: View; label: string; kind: string | undefined; n: number; chosen: string | undefined }) {
  const words = `${label} ${formatNumber(n, view.language)}`
  return kind === chosen ? <b aria-current="true">{words}</b> : <a href={withQuery(view, { kind, page: undefined })}>{words}</a>
}

function HitItem({ view, hit }: { view: View; hit: Hit }) {
  return (
    <li>
      <span>
        <a href={view.link(hit.path)}>
          <Text
            view={view}
            text={hit.kind === 'source' ? { en: hit.title.en ?? '' } : hit.title}
            {...(hit.title.original && { original: hit.title.original })}
          />
        </a>{' '}
        <Badge>{labelOf(view, hit.kind, 'entry')}</Badge>
      </span>
      <small>
        <Text view={view} text={hit.detail} />
      </small>
    </li>
  )
}

function Pages({ view, page, more }: { view: View; page: number; more: boolean }) {
  if (page === 1 && !more) return null
  return (
    <nav class="pager" aria-label={view.say('list.pages')}>
      {page > 1 && (
        <a rel="prev" href={withQuery(view, { page: String(page - 1) })}>
          ← {view.say('list.previous')}
        </a>
      )}
      {more && (
        <a rel="next" href={withQuery(view, { page: String(page + 1) })}>
          {view.say('list.next')} →
        </a>
      )}
    </nav>
  )
}

/** The word for a kind of thing, one or many. */
function labelOf(view: View, kind: string, form: 'plural' | 'entry'): string {
  const say = recordTexts[view.language]
  if (kind === 'source') return say(form === 'plural' ? 'sources.title' : 'entry.source')
  return say(`${form}.${kind as EntryKind}`)
}
