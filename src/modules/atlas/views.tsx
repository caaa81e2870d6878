import type { Child } from 'hono/jsx'
import { formatNumber } from '../../platform/i18n/format.ts'
import type { Found, Hit } from '../../platform/search/search.ts'
import { countCap } from '../../platform/search/search.ts'
import { Layout } from '../../platform/ui/layout.tsx'
import { SearchForm } from '../../platform/ui/search-form.tsx'
import { withQuery } from '../../platform/ui/table.tsx'
import { Badge, EdtfDate, Text } from '../../platform/ui/text.tsx'
import type { View } from '../../platform/ui/view.ts'
import type { AgreementListed } from '../record/index.ts'
import { hitsPerPage, searchKinds } from './schema.ts'
import type { AtlasSay } from './text/index.ts'

type AtlasView = { view: View; say: AtlasSay }

export function HomePage({
  view,
  say,
  counts,
  latest,
}: AtlasView & { counts: Record<'source' | 'organization' | 'agreement', number>; latest: AgreementListed[] }) {
  return (
    <Layout view={view} title={say('home.title')} description={say('home.lead')}>
      <section class="lead">
        <h1>{say('home.title')}</h1>
        <p>{say('home.lead')}</p>
        <SearchForm view={view} placeholder={say('home.placeholder')} />
        <p class="small">{view.say('search.hint')}</p>
      </section>
      <dl class="figures" aria-label={say('home.counts')}>
        <Figure view={view} path="/organizations" label={say('home.organizations')} n={counts.organization} />
        <Figure view={view} path="/agreements" label={say('home.agreements')} n={counts.agreement} />
        <Figure view={view} path="/sources" label={say('home.sources')} n={counts.source} />
      </dl>
      <section>
        <div class="head">
          <h2>{say('home.latest')}</h2>
          <a href={view.link('/agreements')}>{say('home.all')}</a>
        </div>
        {latest.length === 0 ? <p class="empty">{say('home.empty')}</p> : <Latest view={view} agreements={latest} />}
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

function Latest({ view, agreements }: { view: View; agreements: AgreementListed[] }) {
  return (
    <ol class="events">
      {agreements.map((agreement) => (
        <li>
          <EdtfDate view={view} date={agreement.signed} from={agreement.signed_from} />
          <a href={view.link(`/agreements/${agreement.key}`)}>
            <Text view={view} text={agreement.title} original="en" />
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
              <Tab view={view} label={say(`kind.${count.kind as (typeof searchKinds)[number]}`)} kind={count.kind} n={count.n} chosen={kind} />
            ))}
          </nav>
          <ol class="hits">
            {found.hits.map((hit) => (
              <HitItem view={view} say={say} hit={hit} />
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

function HitItem({ view, say, hit }: AtlasView & { hit: Hit }) {
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
        <Badge>{say(`kind.${hit.kind as (typeof searchKinds)[number]}`)}</Badge>
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
