import { countryName, formatMoney, formatNumber } from '../../../platform/i18n/format.ts'
import { pickText, type LanguageText } from '../../../platform/i18n/languages.ts'
import { countCap } from '../../../platform/search/search.ts'
import { Text } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import type { KindTerm, StatusTerm } from '../rules/terms.ts'
import { isCurrencyUnit } from '../rules/units.ts'
import { plurals } from '../schema.ts'
import type { EntryRef, Party } from '../store/catalogue.ts'
import type { RecordSay } from '../text/index.ts'

/** What views of the record are given: the page and the record's own sentences. */
export type RecordView = { view: View; say: RecordSay }

/** The page of an entry. */
export const pathOf = ({ entry, key }: Pick<EntryRef, 'entry' | 'key'>): string => `/${plurals[entry]}/${key}`

/** The words of a kind or a state; one without a label shows itself. */
export const termLabel = (say: RecordSay, field: 'kind' | 'status', term: string): string =>
  field === 'kind' ? say(`kind.${term as KindTerm}`) : say(`status.${term as StatusTerm}`)

/** The name of an entry in the reader's language, else its own; a link to its page. */
export function EntryLink({ view, to, short }: { view: View; to: EntryRef; short?: boolean }) {
  return (
    <a href={view.link(pathOf(to))}>
      {short && to.acronym !== null ? to.acronym : <Text view={view} text={to.title} {...(to.title.original && { original: to.title.original })} />}
    </a>
  )
}

const mostParties = 6

/** Who takes part, each once, in the order of the record. */
export function Parties({ view, parties }: { view: View; parties: readonly Party[] }) {
  const once = [...new Map(parties.map((party) => [nameOf(party), party])).values()]
  return (
    <small>
      {once.slice(0, mostParties).map((party, index) => (
        <>
          {index > 0 && ' · '}
          <PartyName view={view} party={party} />
        </>
      ))}
      {once.length > mostParties && ` · +${once.length - mostParties}`}
    </small>
  )
}

const nameOf = (party: Party) => ('entry' in party ? party.entry.key : JSON.stringify('country' in party ? party.country : party.text))

function PartyName({ view, party }: { view: View; party: Party }) {
  if ('entry' in party) return <EntryLink view={view} to={party.entry} short />
  return 'country' in party ? <>{countryName(party.country, view.language)}</> : <Text view={view} text={party.text} />
}

/** A quantity with its unit, money in the large numbers of the language. */
export function Amount({ view, say, value, unit }: RecordView & { value: string; unit: string | LanguageText | undefined }) {
  const named = typeof unit === 'object' ? (unit.en ?? '') : (unit ?? '')
  const money = isCurrencyUnit(named)
  if (money) {
    const amount = formatMoney(
      Number(value) * { million: 1e6, billion: 1e9, thousand: 1e3 }[money.scale ?? 'thousand'] * (money.scale ? 1 : 1e-3),
      money.currency,
      view.language,
    )
    return <span class="nowrap">{money.perYear ? say('unit.per-year', { amount }) : amount}</span>
  }
  const words = typeof unit === 'object' ? pickText(unit, view.language)?.text : unit
  return (
    <span class="nowrap">
      {formatNumber(Number(value), view.language)}
      {words && `${/^[%（]/.test(words) ? '' : ' '}${words}`}
    </span>
  )
}

/** How many fit, exact up to the cap. */
export function Count({ view, say, total, what }: RecordView & { total: number; what: 'list.count' | 'sources.count' }) {
  return <small>{total > countCap ? say('count.capped', { n: formatNumber(countCap, view.language) }) : say(what, { n: total })}</small>
}
