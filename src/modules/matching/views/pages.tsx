import type { List } from '../../../platform/db/lists.ts'
import { countryName, formatNumber } from '../../../platform/i18n/format.ts'
import { pickText } from '../../../platform/i18n/languages.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Pager, Table, type Column } from '../../../platform/ui/table.tsx'
import { Badge, Text } from '../../../platform/ui/text.tsx'
import { exchangeTexts, type Listing } from '../../exchange/index.ts'
import { nameIn, type readDirectory } from '../../members/index.ts'
import type { Explained, Names } from '../actions/explain.ts'
import type { Introduced } from '../store/introductions.ts'
import type { Match, Overlooked, Wanting } from '../store/matches.ts'
import { Introductions, MatchList, type Of } from './match.tsx'
import type { MatchingView } from './reasons.tsx'

type Shown = { matches: List<Explained<Match>>; names: Names; introduced: readonly Introduced[]; wanting: Wanting; of: Of }

/** Where there is none: being looked for, none yet, or none any more. */
function None({ say, wanting: { state, profile } }: Pick<MatchingView, 'say'> & { wanting: Wanting }) {
  if (state !== 'published') return <p class="empty">{say('matches.ended')}</p>
  return <p class="empty">{profile === null ? say('matches.sought') : say('matches.none')}</p>
}

/** On the page of a listing: its best counterparts, and the way to all. */
export function MatchSection({ view, say, matches, names, introduced, wanting, of }: MatchingView & Shown) {
  return (
    <section class="stack" id="matches">
      <h2>{say('matches.title')}</h2>
      <Introductions view={view} say={say} introduced={introduced} />
      {matches.rows.length === 0 ? (
        <None say={say} wanting={wanting} />
      ) : (
        <>
          <MatchList view={view} say={say} matches={matches.rows} names={names} of={{ ...of, maySay: false }} short />
          <p>
            <a href={view.link(`/listings/${of.listing}/matches`)}>
              {say('matches.all')} ({formatNumber(matches.total, view.language)})
            </a>
          </p>
        </>
      )}
    </section>
  )
}

/** All counterparts of a listing, page by page. */
export function MatchesPage({ view, say, listing, ...shown }: MatchingView & Shown & { listing: Listing }) {
  const { matches, names, introduced, wanting, of } = shown
  const title = say('matches.of', { title: pickText(listing.title, view.language, listing.original)?.text ?? '' })
  return (
    <Layout view={view} title={title} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(`/listings/${listing.id}`)}>
            <Text view={view} text={listing.title} original={listing.original} />
          </a>
        </p>
        <h1>{title}</h1>
        <p class="small">{say(`matches.lead-${listing.direction}`)}</p>
        <Introductions view={view} say={say} introduced={introduced} />
        {matches.rows.length === 0 ? <None say={say} wanting={wanting} /> : <MatchList view={view} say={say} matches={matches.rows} names={names} of={of} />}
        <Pager view={view} page={matches} />
      </section>
    </Layout>
  )
}

type Organization = NonNullable<Awaited<ReturnType<typeof readDirectory.readOrganization>>>

/** What was found for the listings of an organization, at a glance. */
export function OverviewPage({ view, say, organization, list }: MatchingView & { organization: Organization; list: List<Overlooked> }) {
  const name = nameIn(organization.name, view.language, organization.original)
  const columns: Column<Overlooked>[] = [
    {
      key: 'title',
      label: say('introduction.pair'),
      cell: (row) => (
        <a href={view.link(`/listings/${row.id}`)}>
          <Text view={view} text={row.title} original={row.original} />
        </a>
      ),
    },
    {
      key: 'best',
      label: say('matches.best'),
      cell: ({ best }) => (
        <ul class="linklist">
          {best.map((each) => (
            <li>
              <a href={view.link(`/listings/${each.id}`)}>
                <Text view={view} text={each.title} original={each.original} />
              </a>{' '}
              <small>{countryName(each.country, view.language)}</small>
            </li>
          ))}
        </ul>
      ),
    },
    {
      key: 'found',
      label: say('matches.found'),
      numeric: true,
      cell: (row) => (
        <>
          <a href={view.link(`/listings/${row.id}/matches`)}>{formatNumber(row.found, view.language)}</a>
          {row.fresh > 0 && <Badge tone="on">{say('matches.fresh', { n: row.fresh })}</Badge>}
        </>
      ),
    },
  ]
  return (
    <Layout view={view} title={say('matches.of-member', { name })} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(`/members/${organization.key}`)}>{name}</a> ›{' '}
          <a href={view.link(`/members/${organization.key}/listings`)}>{exchangeTexts[view.language]('exchange.title')}</a>
        </p>
        <h1>{say('matches.of-member', { name })}</h1>
        <Table view={view} caption={say('matches.mine')} columns={columns} page={list} sort="date" />
      </section>
    </Layout>
  )
}
