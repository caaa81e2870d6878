import { formatMoment } from '../../../platform/i18n/format.ts'
import { pickText } from '../../../platform/i18n/languages.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Pager } from '../../../platform/ui/table.tsx'
import { Badge } from '../../../platform/ui/text.tsx'
import { plurals, type EntryKind } from '../schema.ts'
import type { Happening, History } from '../store/history.ts'
import { fieldLabel } from './labels.ts'
import type { RecordView } from './parts.tsx'
import { Qualifiers, Value } from './value.tsx'

type Props = RecordView & { kind: EntryKind; history: History }

/** What became of the statements of an entry, act by act, the newest first. */
export function HistoryPage({ view, say, kind, history: { key, title, page } }: Props) {
  const name = pickText(title, view.language, title.original)?.text ?? key
  const acts = Map.groupBy(page.rows, ({ at }) => at)
  return (
    <Layout view={view} title={say('history.of', { title: name })}>
      <section class="lead">
        <p class="kicker">
          <a href={view.link(`/${plurals[kind]}`)}>{say(`plural.${kind}`)}</a> › <a href={view.link(`/${plurals[kind]}/${key}`)}>{name}</a>
        </p>
        <h1>{say('history.title')}</h1>
        <p>{say('history.lead')}</p>
      </section>
      {[...acts].map(([at, happenings]) => (
        <Act view={view} say={say} kind={kind} at={at} happenings={happenings} />
      ))}
      <Pager view={view} page={page} />
    </Layout>
  )
}

function Act({ view, say, kind, at, happenings }: RecordView & { kind: EntryKind; at: string; happenings: readonly Happening[] }) {
  const logged = happenings[0]?.logged
  return (
    <section>
      <div class="head">
        <h2>
          <time datetime={at}>{formatMoment(new Date(at), view.language)}</time> <small>{'UTC'}</small>
        </h2>
        <small>
          {logged && (
            <>
              {logged.verb === 'record.imported' ? say('history.imported') : say('history.changed')} ·{' '}
              {say('history.logged', { number: logged.number, chain: logged.chain })} ·{' '}
            </>
          )}
          {say('history.count', { n: happenings.length })}
        </small>
      </div>
      <dl class="facts">
        {happenings
          .toSorted((a, b) => (a.what === b.what ? a.position - b.position : a.what === 'ended' ? -1 : 1))
          .map((happening) => (
            <>
              <dt>
                {happening.what === 'added' ? '+' : '−'} {fieldLabel(say, happening.field)}
              </dt>
              <dd>
                <div class={happening.what === 'ended' ? 'wrong' : undefined}>
                  <span>
                    <Value view={view} say={say} kind={kind} claim={happening} />
                  </span>{' '}
                  {happening.what === 'added' ? <small>{say('history.added')}</small> : <Badge>{say('history.ended')}</Badge>}
                  <Qualifiers view={view} say={say} claim={happening} valid={happening.valid} />
                  <Sources view={view} say={say} citations={happening.citations} />
                </div>
              </dd>
            </>
          ))}
      </dl>
    </section>
  )
}

function Sources({ view, say, citations }: RecordView & Pick<Happening, 'citations'>) {
  if (citations.length === 0) return null
  return (
    <small class="voices">
      {say('history.rests-on')}:{' '}
      {citations.map(({ source, stance }, index) => (
        <>
          {index > 0 && ' · '}
          <a href={view.link(`/sources/${source}`)}>
            {stance === 'disputes' && '≠ '}
            {source}
          </a>
        </>
      ))}
    </small>
  )
}
