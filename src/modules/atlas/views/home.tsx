import { formatNumber } from '../../../platform/i18n/format.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { SearchForm } from '../../../platform/ui/search-form.tsx'
import { EdtfDate, Text } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import { UrgentCalls, type CallListed } from '../../calls/index.ts'
import { DisputeLine, pathOf, plurals, recordTexts, type Dispute, type EntryKind, type Listed, type PlaceLinks } from '../../record/index.ts'
import type { AtlasSay } from '../text/index.ts'
import { ArcsMap } from './map-arcs.tsx'

/** What views of the atlas are given: the page and the atlas's own sentences. */
export type AtlasView = { view: View; say: AtlasSay }

const figures = ['organization', 'agreement', 'venture', 'facility', 'product', 'event'] as const

export type HomeProps = AtlasView & {
  counts: Record<'source' | EntryKind, number>
  latest: Listed[]
  links: PlaceLinks
  disputes: Dispute[]
  calls: CallListed[]
}

export function HomePage({ view, say, counts, latest, links, disputes, calls }: HomeProps) {
  return (
    <Layout view={view} title={say('home.title')} description={say('home.lead')} feed={{ path: '/events.atom', title: say('home.latest') }}>
      <section class="opening">
        <div class="lead">
          <h1>{say('home.title')}</h1>
          <p>{say('home.lead')}</p>
          <SearchForm view={view} placeholder={say('home.placeholder')} />
          <p class="small">{view.say('search.hint')}</p>
        </div>
        <ArcsMap view={view} say={say} links={links} />
      </section>
      <UrgentCalls view={view} calls={calls} />
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
      {disputes.length > 0 && (
        <section>
          <div class="head">
            <h2>{recordTexts[view.language]('disputes.title')}</h2>
            <a href={view.link('/disputes')}>{say('home.all-disputes')}</a>
          </div>
          <ol class="events">
            {disputes.map((dispute) => (
              <DisputeLine view={view} say={recordTexts[view.language]} dispute={dispute} />
            ))}
          </ol>
        </section>
      )}
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
