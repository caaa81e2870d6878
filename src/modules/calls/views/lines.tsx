import { formatNumber } from '../../../platform/i18n/format.ts'
import { Text } from '../../../platform/ui/text.tsx'
import { percent } from '../rules/progress.ts'
import type { Line } from '../store/calls.ts'
import type { CallProps } from './call.tsx'
import { quantity, type CallsView, type Names } from './parts.tsx'

/** What is needed, and how much of it is pledged, accepted and delivered, as far as the reader sees that. */
export function Lines({ view, say, call, names, may, fresh }: CallProps) {
  const sums = call.seesTotals && call.openedAt !== null
  const at = (line: string) => view.link(`/calls/${call.id}/lines/${line}`)
  return (
    <>
      <h2>{say('line.title')}</h2>
      {call.lines.length === 0 ? (
        <p class="empty">{say('line.none')}</p>
      ) : (
        <div class="wide" tabindex={0} role="region" aria-label={say('line.title')}>
          <table role="table">
            <caption class="visually-hidden">{say('line.title')}</caption>
            <thead role="rowgroup">
              <tr role="row">
                {[say('line.item'), say('line.amount'), ...(sums ? [say('line.pledged'), say('line.accepted'), say('line.delivered')] : [])].map((head) => (
                  <th role="columnheader" scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {call.lines.map((line) => (
                <tr role="row">
                  <td role="cell" data-label={say('line.item')}>
                    <Item view={view} line={line} names={names} />
                    {may.write && (
                      <div class="tools">
                        <a href={at(line.id)}>{say('line.edit')}</a>
                        <form method="post" action={`${at(line.id)}/end`}>
                          <button class="btn end">{say('line.remove')}</button>
                        </form>
                      </div>
                    )}
                  </td>
                  <td role="cell" data-label={say('line.amount')}>
                    {quantity(view, line.amount, line.unit)}
                  </td>
                  {sums && (['pledged', 'accepted', 'delivered'] as const).map((sum) => <Reached view={view} say={say} line={line} sum={sum} />)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {!sums && call.openedAt !== null && <p class="small">{say('line.sums-hidden')}</p>}
      {may.write && (
        <p>
          <a class="btn quiet" href={at(fresh)}>
            {say('line.add')}
          </a>
        </p>
      )}
    </>
  )
}

function Item({ view, line, names }: { view: CallsView['view']; line: Line; names: Names }) {
  return (
    <>
      <Text view={view} text={line.item} original={line.original} />
      {line.concepts.length > 0 && (
        <div>
          <small>
            {line.concepts.map((key, index) => (
              <>
                {index > 0 && ' · '}
                <a href={view.link(`/exchange?concept=${key}`)}>{names.get(key)?.text ?? key}</a>
              </>
            ))}
          </small>
        </div>
      )}
    </>
  )
}

function Reached({ view, say, line, sum }: CallsView & { line: Line; sum: 'pledged' | 'accepted' | 'delivered' }) {
  const part = percent(line.amount, line[sum])
  return (
    <td role="cell" data-label={say(`line.${sum}`)}>
      <progress max={line.amount} value={Math.min(line.amount, line[sum])} aria-label={`${say(`line.${sum}`)}: ${part} %`} />
      <div>
        {formatNumber(line[sum], view.language)} <small>({part} %)</small>
      </div>
    </td>
  )
}
