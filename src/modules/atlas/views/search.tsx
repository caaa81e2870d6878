import { formatList, formatNumber } from '../../../platform/i18n/format.ts'
import { countCap, type Found, type Hit } from '../../../platform/search/search.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { SearchForm } from '../../../platform/ui/search-form.tsx'
import { withQuery } from '../../../platform/ui/table.tsx'
import { htmlLanguage, pickText, type LanguageText } from '../../../platform/i18n/languages.ts'
import { marker, type Piece } from '../../../platform/text/marks.ts'
import { Badge } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import { exchangeTexts } from '../../exchange/index.ts'
import { atlasTexts } from '../text/index.ts'
import { recordTexts, type EntryKind } from '../../record/index.ts'
import { hitsPerPage, type searchKinds } from '../schema.ts'
import type { AtlasView } from './home.tsx'

export type SearchProps = AtlasView & { q: string; kind: (typeof searchKinds)[number] | undefined; page: number; found: Found }

export function SearchPage({ view, say, q, kind, page, found }: SearchProps) {
  const total = found.counts.reduce((sum, { n }) => sum + n, 0)
  const mark = marker(q, found.instead)
  return (
    <Layout view={view} title={q === '' ? say('search.title') : `${q} · ${say('search.title')}`} unlisted>
      <section class="stack">
        <h1>{say('search.title')}</h1>
        <SearchForm view={view} typed={q} placeholder={say('home.placeholder')} />
        {q === '' ? <p>{say('search.ask')}</p> : <Outcome view={view} say={say} q={q} total={total} found={found} />}
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
              <HitItem view={view} say={say} hit={hit} mark={mark} />
            ))}
          </ol>
          <Pages view={view} page={page} more={found.hits.length === hitsPerPage} />
        </section>
      )}
    </Layout>
  )
}

function Outcome({ say, view, q, total, found }: AtlasView & { q: string; total: number; found: Found }) {
  const { capped, instead } = found
  if (total === 0) return <p role="status">{say('search.none', { q })}</p>
  const words = capped ? say('search.capped', { n: formatNumber(countCap, view.language), q }) : say('search.results', { n: total, q })
  if (instead.length === 0) return <p role="status">{words}</p>
  return <p role="status">{say('search.instead', { q, words: formatList(instead, view.language), n: total })}</p>
}

function Tab({ view, label, kind, n, chosen }: { view: View; label: string; kind: string | undefined; n: number; chosen: string | undefined }) {
  const words = `${label} ${formatNumber(n, view.language)}`
  return kind === chosen ? <b aria-current="true">{words}</b> : <a href={withQuery(view, { kind, page: undefined })}>{words}</a>
}

type Mark = (text: string) => Piece[]

function HitItem({ view, say, hit, mark }: AtlasView & { hit: Hit; mark: Mark }) {
  const title = hit.kind === 'source' ? { en: hit.title.en ?? '' } : hit.title
  const name = nameFound(view, hit, mark)
  return (
    <li>
      <span>
        <a href={view.link(hit.path)}>
          <Marked view={view} text={title} original={hit.title.original} mark={mark} />
        </a>{' '}
        <Badge>{labelOf(view, hit.kind, 'entry')}</Badge>
      </span>
      <small>
        <Marked view={view} text={hit.detail} mark={mark} />
        {name !== undefined && (
          <>
            {Object.keys(hit.detail).length > 0 && ' · '}
            <span class="quiet">
              {say('search.also')} <Pieces pieces={mark(name)} />
            </span>
          </>
        )}
      </small>
    </li>
  )
}

/** The name that was found when none is on show that was: another language's, or one it also goes by. */
function nameFound(view: View, hit: Hit, mark: Mark): string | undefined {
  const hits = (text: string | undefined) => (text === undefined ? 0 : mark(text).filter((piece) => piece.hit).length)
  let most = Math.max(hits(pickText(hit.title, view.language, hit.title.original)?.text), hits(pickText(hit.detail, view.language)?.text))
  if (most > 0) return undefined
  let best: string | undefined
  for (const name of hit.names) {
    const n = hits(name)
    if (n > most) [most, best] = [n, name]
  }
  return best
}

function Marked({ view, text, original, mark }: { view: View; text: LanguageText; original?: string | undefined; mark: Mark }) {
  const picked = pickText(text, view.language, original)
  if (picked === undefined) return null
  const pieces = <Pieces pieces={mark(picked.text)} />
  return picked.language === view.language ? pieces : <span lang={htmlLanguage[picked.language]}>{pieces}</span>
}

function Pieces({ pieces }: { pieces: Piece[] }) {
  return <>{pieces.map(({ text, hit }) => (hit ? <mark>{text}</mark> : text))}</>
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
  if (kind === 'member' || kind === 'concept') return atlasTexts[view.language](`search.${form}.${kind}`)
  const say = recordTexts[view.language]
  if (kind === 'listing') return exchangeTexts[view.language](`found.${form}`)
  if (kind === 'source') return say(form === 'plural' ? 'sources.title' : 'entry.source')
  return say(`${form}.${kind as EntryKind}`)
}
