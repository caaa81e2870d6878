import type { Page } from '../../../platform/db/keyset.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Pager } from '../../../platform/ui/table.tsx'
import { Badge, EdtfDate, Text } from '../../../platform/ui/text.tsx'
import type { Dispute, Side } from '../store/disputes.ts'
import { fieldLabel } from './labels.ts'
import { EntryLink, type RecordView } from './parts.tsx'
import { Qualifiers, Value } from './value.tsx'

/** Every point on which sources contradict each other, side by side. */
export function DisputesPage({ view, say, page }: RecordView & { page: Page<Dispute> }) {
  return (
    <Layout view={view} title={say('disputes.title')} description={say('disputes.lead')}>
      <section class="lead">
        <h1>{say('disputes.title')}</h1>
        <p>{say('disputes.lead')}</p>
      </section>
      {page.rows.length === 0 && <p class="empty">{say('disputes.none')}</p>}
      {page.rows.map((dispute) => (
        <DisputeArticle view={view} say={say} dispute={dispute} />
      ))}
      <Pager view={view} page={page} />
    </Layout>
  )
}

/** One such point. */
export function DisputePage({ view, say, dispute }: RecordView & { dispute: Dispute }) {
  return (
    <Layout view={view} title={`${say('disputes.title')}: ${dispute.key}`}>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/disputes')}>{say('disputes.title')}</a> › {dispute.key}
        </p>
        <h1>{say('disputes.title')}</h1>
      </section>
      <DisputeArticle view={view} say={say} dispute={dispute} />
    </Layout>
  )
}

function DisputeArticle({ view, say, dispute }: RecordView & { dispute: Dispute }) {
  const groups = new Map<string, Side[]>()
  for (const side of dispute.sides) groups.set(`${side.entry.key} ${side.field}`, [...(groups.get(`${side.entry.key} ${side.field}`) ?? []), side])
  return (
    <article class="dispute" id={dispute.key}>
      {[...groups.values()].map((sides) => (
        <>
          <h2>{sides[0] && <EntryLink view={view} to={sides[0].entry} />}</h2>
          <dl class="facts">
            <dt>{fieldLabel(say, sides[0]?.field ?? '')}</dt>
            <dd>
              {sides.map((side) => (
                <SideLine view={view} say={say} side={side} />
              ))}
            </dd>
          </dl>
        </>
      ))}
      <p>
        <b>{say('disputes.assessment')}</b> <Text view={view} text={dispute.assessment} />
      </p>
    </article>
  )
}

function SideLine({ view, say, side }: RecordView & { side: Side }) {
  return (
    <div class={side.rank === 'deprecated' ? 'wrong' : undefined}>
      <span>
        <Value view={view} say={say} kind={side.entry.entry} claim={side} />
      </span>{' '}
      {side.rank === 'deprecated' && <Badge tone="warn">{say('entry.deprecated')}</Badge>}
      {side.rank === 'preferred' && <Badge tone="on">{say('entry.preferred')}</Badge>} <Qualifiers view={view} say={say} claim={side} valid={side.valid} />
      <Voices view={view} citations={side.citations.filter(({ stance }) => stance === 'supports')} />
      <Voices view={view} citations={side.citations.filter(({ stance }) => stance === 'disputes')} label={say('disputes.against')} />
    </div>
  )
}

function Voices({ view, citations, label }: Pick<RecordView, 'view'> & { citations: Side['citations']; label?: string }) {
  if (citations.length === 0) return null
  return (
    <small class="voices">
      {label !== undefined && `≠ ${label}: `}
      {citations.map((citation, index) => (
        <>
          {index > 0 && ' · '}
          <a href={view.link(`/sources/${citation.source}`)} lang={citation.language}>
            {citation.title}
          </a>
        </>
      ))}
    </small>
  )
}

/** The values that contradict each other: those of the first field that has more than one. */
function distinctSides({ sides }: Dispute): Side[] {
  const groups = new Map<string, Map<string, Side>>()
  for (const side of sides) {
    const about = `${side.entry.entry} ${side.entry.key} ${side.field}`
    const values = groups.get(about) ?? new Map<string, Side>()
    const value = JSON.stringify(side.target?.key ?? side.value)
    groups.set(about, values.set(value, values.get(value) ?? side))
  }
  const all = [...groups.values()].map((values) => [...values.values()])
  return all.find((values) => values.length > 1) ?? all[0] ?? []
}

/** A dispute in a line: what it is about, and what the sides say. */
export function DisputeLine({ view, say, dispute }: RecordView & { dispute: Dispute }) {
  const once = distinctSides(dispute)
  const [first] = once
  if (first === undefined) return null
  return (
    <li>
      <span class="quiet">{fieldLabel(say, first.field)}</span>
      <span>
        <a href={view.link(`/disputes/${dispute.key}`)}>
          <Text view={view} text={first.entry.title} {...(first.entry.title.original && { original: first.entry.title.original })} />
        </a>
        <br />
        {once.slice(0, mostSides).map((side, index) => (
          <>
            {index > 0 && <span class="quiet"> ≠ </span>}
            <Value view={view} say={say} kind={side.entry.entry} claim={{ ...side, target: null, ...(side.target && { value: side.target.title }) }} />
            {side.valid !== null && (
              <small>
                {' '}
                <EdtfDate view={view} date={side.valid} />
              </small>
            )}
          </>
        ))}
      </span>
    </li>
  )
}

const mostSides = 4
