import type { Child } from 'hono/jsx'
import { formatNumber } from '../../../platform/i18n/format.ts'
import { countCap, type Found, type Hit } from '../../../platform/search/search.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { SearchForm } from '../../../platform/ui/search-form.tsx'
import { withQuery } from '../../../platform/ui/table.tsx'
import { Badge, Text } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import { recordTexts, type EntryKind } from '../../record/index.ts'
import { hitsPerPage, type searchKinds } from '../schema.ts'
import type { AtlasView } from './home.tsx'

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
