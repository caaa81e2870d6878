import type { Language } from '../../../platform/i18n/languages.ts'
import { formatList, formatNumber } from '../../../platform/i18n/format.ts'
import { htmlLanguage } from '../../../platform/i18n/languages.ts'
import { countCap, type Found } from '../../../platform/search/search.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { SearchForm } from '../../../platform/ui/search-form.tsx'
import { withQuery } from '../../../platform/ui/table.tsx'
import { Text } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import { hitsPerPage, queryOf, questionOf, type SearchInput } from '../schema.ts'
import type { AtlasView } from './home.tsx'
import { SearchFilters } from './search-filters.tsx'
import { HitItem, kindLabel } from './search-hit.tsx'

/** What concepts are called in the reader's language, else in another. */
type Names = ReadonlyMap<string, { text: string; language: Language; replacedBy: string | null }>
export type SearchProps = AtlasView & { input: SearchInput; found: Found; names: Names }

export function SearchPage({ view, say, input, found, names }: SearchProps) {
  const { q, kind, page } = input
  const total = countOf(found)
  const isFound = total > 0 || found.facets.length > 0
  const asked = queryOf(questionOf(input))
  const feed = q === '' ? undefined : { path: `/search.atom?${asked}`, title: `${q} · ${say('search.title')}` }
  return (
    <Layout view={view} title={q === '' ? say('search.title') : `${q} · ${say('search.title')}`} unlisted {...(feed && { feed })}>
      <section class="stack">
        <h1>{say('search.title')}</h1>
        <SearchForm view={view} typed={q} placeholder={say('home.placeholder')} />
        {q === '' ? <p>{say('search.ask')}</p> : <Outcome view={view} say={say} q={q} total={total} found={found} />}
        {total === 0 && found.facets.length > 0 && (
          <p>
            <a href={view.link(`/search?q=${encodeURIComponent(q)}`)}>{say('search.unfiltered')}</a>
          </p>
        )}
        <Understood view={view} say={say} found={found} names={names} />
        {page === 1 && <InVocabulary view={view} say={say} found={found} />}
        {q !== '' && (
          <p class="quiet">
            <a href={view.link(`/account/searches/new?${asked}`)}>{say('saved.save')}</a> · <a href={view.link(`/search.atom?${asked}`)}>{say('saved.feed')}</a>
          </p>
        )}
      </section>
      {isFound && (
        <section>
          <SearchFilters view={view} say={say} input={input} found={found} />
          <nav class="tabs" aria-label={view.say('filter.title')}>
            <Tab view={view} label={say('search.all')} kind={undefined} n={total} chosen={kind} />
            {found.counts.map((count) => (
              <Tab view={view} label={kindLabel(view, count.kind, 'plural')} kind={count.kind} n={count.n} chosen={kind} />
            ))}
          </nav>
          <ol class="hits">
            {found.hits.map((hit) => (
              <HitItem view={view} say={say} hit={hit} mark={found.mark} />
            ))}
          </ol>
          <Pages view={view} page={page} more={found.total > page * hitsPerPage} />
        </section>
      )}
      {found.nearest.length > 0 && (
        <section>
          <h2>{say('search.nearest', { q })}</h2>
          <ol class="hits">
            {found.nearest.map((hit) => (
              <HitItem view={view} say={say} hit={hit} mark={found.mark} />
            ))}
          </ol>
        </section>
      )}
    </Layout>
  )
}

/** Concepts stand in a line of their own and are counted there, unless nothing else is found. */
function countOf({ counts }: Found): number {
  const sum = (some: Found['counts']) => some.reduce((all, { n }) => all + n, 0)
  return sum(counts.filter(({ kind }) => kind !== 'concept')) || sum(counts)
}

function Outcome({ say, view, q, total, found }: AtlasView & { q: string; total: number; found: Found }) {
  const { capped, instead, partly } = found
  if (total === 0) return <p role="status">{say(found.facets.length > 0 ? 'search.none-filtered' : 'search.none', { q })}</p>
  if (partly) return <p role="status">{say('search.partly', { q })}</p>
  const words = capped ? say('search.capped', { n: formatNumber(countCap, view.language), q }) : say('search.results', { n: total, q })
  if (instead.length === 0) return <p role="status">{words}</p>
  return <p role="status">{say('search.instead', { q, words: formatList(instead, view.language), n: total })}</p>
}

/** The concepts that were looked for beside the words, so that whoever asks sees why something in another language was found. */
function Understood({ view, say, found, names }: AtlasView & { found: Found; names: Names }) {
  const known = found.concepts.flatMap(({ key }) => {
    const name = names.get(key)
    return name === undefined ? [] : [{ key: name.replacedBy ?? key, ...name }]
  })
  if (known.length === 0) return null
  return (
    <p class="quiet">
      {say('search.understood')}{' '}
      {known.map(({ key, text, language }, at) => (
        <>
          {at > 0 && ' · '}
          <a href={view.link(`/concepts/${key}`)} {...(language !== view.language && { lang: htmlLanguage[language] })}>
            {text}
          </a>
        </>
      ))}
    </p>
  )
}

/** Entries of the vocabulary that fit best and were not understood anyway, in one line, and the way to all. */
function InVocabulary({ view, say, found }: AtlasView & { found: Found }) {
  const understood = new Set(found.concepts.map(({ key }) => `/concepts/${key}`))
  const others = found.apart.filter(({ path }) => !understood.has(path)).slice(0, 3)
  const n = found.counts.find(({ kind }) => kind === 'concept')?.n ?? 0
  if (found.apart.length === 0 || n <= understood.size) return null
  return (
    <p class="quiet">
      {say('search.vocabulary')}{' '}
      {others.map(({ path, title: { original, ...title } }) => (
        <>
          <a href={view.link(path)}>
            <Text view={view} text={title} original={original} />
          </a>
          {' · '}
        </>
      ))}
      <a href={withQuery(view, { kind: 'concept', page: undefined })}>{say('search.vocabulary-all', { n: formatNumber(n, view.language) })}</a>
    </p>
  )
}

function Tab({ view, label, kind, n, chosen }: { view: View; label: string; kind: string | undefined; n: number; chosen: string | undefined }) {
  const words = `${label} ${formatNumber(n, view.language)}`
  return kind === chosen ? <b aria-current="true">{words}</b> : <a href={withQuery(view, { kind, page: undefined })}>{words}</a>
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
