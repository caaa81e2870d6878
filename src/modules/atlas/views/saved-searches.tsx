import type { Page } from '../../../platform/db/keyset.ts'
import type { Issue } from '../../../platform/errors.ts'
import { countryName } from '../../../platform/i18n/format.ts'
import { languageNames, type Language } from '../../../platform/i18n/languages.ts'
import { frequencies, type SavedQuestion, type SavedSearch } from '../../../platform/search/saved.ts'
import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Pager } from '../../../platform/ui/table.tsx'
import { exchangeTexts } from '../../exchange/index.ts'
import { membersTexts } from '../../members/index.ts'
import { queryOf, type SearchFacet } from '../schema.ts'
import type { AtlasView } from './home.tsx'
import { kindLabel, pillarLabel } from './search-hit.tsx'

type Done = 'saved' | 'changed' | 'removed' | undefined
type Typed = Readonly<Record<string, string>>

/** What somebody keeps. */
export function SavedSearchesPage({ view, say, page, done }: AtlasView & { page: Page<SavedSearch>; done: Done }) {
  return (
    <Layout view={view} title={say('saved.title')} unlisted>
      <section class="stack">
        <Where view={view} say={say} />
        <h1>{say('saved.title')}</h1>
        {done && (
          <div class="note good" role="status">
            <b>{say(`saved.done.${done}`)}</b>
          </div>
        )}
        <p>{say('saved.lead')}</p>
      </section>
      <section class="stack">
        {page.rows.length === 0 ? (
          <p class="empty">{say('saved.none')}</p>
        ) : (
          <ul class="rows">
            {page.rows.map((saved) => (
              <li>
                <span>
                  <a href={view.link(`/search?${queryOf(saved)}`)}>
                    <b>{saved.name}</b>
                  </a>
                  <br />
                  <Asked view={view} say={say} question={saved} />
                </span>
                <small>
                  {say('saved.often')}: {say(`saved.often.${saved.often}`)}
                </small>
                <a class="btn quiet" href={view.link(`/account/searches/${saved.id}`)}>
                  {say('saved.change')}
                  <span class="visually-hidden"> · {saved.name}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
        <Pager view={view} page={page} />
      </section>
    </Layout>
  )
}

/** The form by which a search is kept. */
export function SaveFormPage({
  view,
  say,
  typed,
  question,
  issues,
}: AtlasView & { typed: Typed; question: SavedQuestion | undefined; issues: readonly Issue[] }) {
  return (
    <Layout view={view} title={say('saved.new')} unlisted>
      <section class="stack">
        <Where view={view} say={say} />
        <h1>{say('saved.new')}</h1>
        <p>{say('saved.lead')}</p>
        <IssueSummary view={view} issues={issues} labels={{ ...labelsOf(say), q: say('saved.words') }} />
        {question && (
          <p>
            <Asked view={view} say={say} question={question} />
          </p>
        )}
        <Form action={view.link('/account/searches')}>
          {['id', 'kind', 'country', 'language', 'direction', 'pillar'].map(
            (name) => typed[name] !== undefined && typed[name] !== '' && <input type="hidden" name={name} value={typed[name]} />,
          )}
          <Field view={view} issues={issues} name="q" label={say('saved.words')} value={typed['q']} maxLength={200} required />
          <Fields view={view} say={say} typed={typed} issues={issues} />
          <button class="btn">{say('saved.keep')}</button>
        </Form>
      </section>
    </Layout>
  )
}

type Changed = AtlasView & { saved: SavedSearch; typed: Typed | undefined; issues: readonly Issue[]; stale: boolean }

/** One that is kept: its name, how often its person is told, and how to end it. */
export function SavedPage({ view, say, saved, typed, issues, stale }: Changed) {
  const place = `/account/searches/${saved.id}`
  return (
    <Layout view={view} title={saved.name} unlisted>
      <section class="stack">
        <Where view={view} say={say} below />
        <h1>{saved.name}</h1>
        <p>
          <a href={view.link(`/search?${queryOf(saved)}`)}>
            <Asked view={view} say={say} question={saved} />
          </a>
        </p>
        {stale && (
          <div class="note" role="alert">
            <b>{say('saved.stale')}</b>
          </div>
        )}
        <IssueSummary view={view} issues={issues} labels={labelsOf(say)} />
        <Form action={view.link(place)}>
          <input type="hidden" name="version" value={String(saved.version)} />
          <Fields view={view} say={say} typed={typed ?? saved} issues={issues} />
          <button class="btn">{say('saved.keep')}</button>
        </Form>
      </section>
      <section class="stack">
        <h2>{say('saved.remove')}</h2>
        <p>{say('saved.remove-lead')}</p>
        <form method="post" action={view.link(`${place}/end`)}>
          <button class="btn end">{say('saved.remove')}</button>
        </form>
      </section>
    </Layout>
  )
}

const labelsOf = (say: AtlasView['say']) => ({ name: say('saved.name'), often: say('saved.often') })

type FieldsProps = AtlasView & { typed: { name?: string; often?: string }; issues: readonly Issue[] }
function Fields({ view, say, typed, issues }: FieldsProps) {
  const labels = labelsOf(say)
  const options = frequencies.map((value) => ({ value, label: say(`saved.often.${value}`) }))
  return (
    <>
      <Field view={view} issues={issues} name="name" label={labels.name} value={typed.name} maxLength={200} required />
      <Choice view={view} issues={issues} name="often" label={labels.often} value={typed.often} options={options} required />
    </>
  )
}

function Where({ view, say, below = false }: AtlasView & { below?: boolean }) {
  return (
    <p class="kicker">
      <a href={view.link('/account')}>{membersTexts[view.language]('account.title')}</a>
      {below && (
        <>
          {' '}
          › <a href={view.link('/account/searches')}>{say('saved.title')}</a>
        </>
      )}
    </p>
  )
}

/** What is asked, in the words of the reader. */
function Asked({ view, question: { words, kind, facets } }: AtlasView & { question: SavedQuestion }) {
  const labels = facets.map((facet) => {
    const [of, value] = facet.split(':', 2) as [SearchFacet, string]
    if (of === 'country') return countryName(value, view.language)
    if (of === 'language') return languageNames[value as Language]
    return of === 'direction' ? exchangeTexts[view.language](`direction.${value as 'offer' | 'need'}s`) : pillarLabel(view, value)
  })
  return <>{[`“${words}”`, ...(kind === null ? [] : [kindLabel(view, kind, 'plural')]), ...labels].join(' · ')}</>
}
