import { formatNumber } from '../../../platform/i18n/format.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { entryKinds, plurals, type EntryKind } from '../schema.ts'
import type { RecordView } from './parts.tsx'

/** Everything on record by kind. */
export function OverviewPage({ view, say, counts }: RecordView & { counts: Record<'source' | EntryKind, number> }) {
  return (
    <Layout view={view} title={say('record.title')} description={say('record.lead')}>
      <section class="lead">
        <h1>{say('record.title')}</h1>
        <p>{say('record.lead')}</p>
      </section>
      <dl class="facts">
        {entryKinds.map((kind) => (
          <>
            <dt>
              <a href={view.link(`/${plurals[kind]}`)}>{say(`plural.${kind}`)}</a>
            </dt>
            <dd>
              <b>{formatNumber(counts[kind], view.language)}</b> <span class="quiet">{say(`lead.${kind}`)}</span>
            </dd>
          </>
        ))}
        <dt>
          <a href={view.link('/disputes')}>{say('disputes.title')}</a>
        </dt>
        <dd class="quiet">{say('disputes.lead')}</dd>
        <dt>
          <a href={view.link('/sources')}>{say('sources.title')}</a>
        </dt>
        <dd>
          <b>{formatNumber(counts.source, view.language)}</b> <span class="quiet">{say('sources.lead')}</span>
        </dd>
      </dl>
    </Layout>
  )
}
