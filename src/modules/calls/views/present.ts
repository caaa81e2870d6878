import type { Call } from '../store/calls.ts'
import type { StepOf } from '../store/lines.ts'
import type { Listed } from '../store/lists.ts'

/** A call as data, as lists show it. */
export const presentListed = (row: Pick<Call, keyof Call & keyof Listed>) => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  state: row.state,
  outcome: row.outcome,
  member: row.organization?.key ?? null,
  original: row.original,
  title: row.title,
  countries: row.countries,
  place: row.place,
  deadline: row.deadline,
  opened_at: row.openedAt?.toISOString() ?? null,
})

/** A call as data, with all that its readers may know of it; who pledged is not among it. */
export const presentCall = (call: Call, steps: readonly StepOf[]) => ({
  ...presentListed(call),
  body: call.body,
  lines: call.lines.map(({ id, original, item, amount, unit, concepts, pledged, accepted, delivered }) => ({
    id,
    original,
    item,
    amount,
    unit,
    concepts,
    totals: call.seesTotals ? { pledged, accepted, delivered } : null,
  })),
  steps: steps.map(({ what, original, text, deadline, madeAt }) => ({ what, original, text, deadline, made_at: madeAt.toISOString() })),
  report: call.report,
  report_original: call.reportOriginal,
  version: call.version,
})
