import { formatNumber } from '../../../platform/i18n/format.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { countCap } from '../../../platform/search/search.ts'
import { Text } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import { ownLanguage } from '../rules/statements.ts'
import type { RecordSay } from '../text/index.ts'

/** What views of the record are given: the page and the record's own sentences. */
export type RecordView = { view: View; say: RecordSay }

type Named = { key: string; names: LanguageText; acronym?: string | null; country?: string }

/** The name of an organization as the reader's language uses it, else its own name; a link to its page. */
export function OrganizationLink({ view, organization }: { view: View; organization: Named }) {
  return (
    <a href={view.link(`/organizations/${organization.key}`)}>
      <Text view={view} text={organization.names} original={ownLanguage(organization.country ?? '')} />
    </a>
  )
}

/** How many fit, exact up to the cap. */
export function Count({ view, say, total, what }: RecordView & { total: number; what: 'organizations.count' | 'agreements.count' | 'sources.count' }) {
  return <small>{total > countCap ? say('count.capped', { n: formatNumber(countCap, view.language) }) : say(what, { n: total })}</small>
}

export type SourceNumbers = ReadonlyMap<string, { n: number; title: string }>
type Cited = { from: number; to: number; disputes: boolean; title: string }

/** Small numbers that lead to the sources of a statement; three and more in a row become one, such as 1–5. */
export function Citations({ say, numbers, citations }: { say: RecordSay; numbers: SourceNumbers; citations: readonly { source: string; stance: string }[] }) {
  return (
    <>
      {runs(numbers, citations).map(({ from, to, disputes, title }) => {
        const words = from === to ? say(disputes ? 'entry.disputes' : 'entry.cited', { n: from, title }) : say('entry.cited-several', { from, to })
        return (
          <a class="cite" href={`#source-${from}`} title={words} aria-label={words}>
            {`${disputes ? '≠' : ''}${from === to ? from : `${from}–${to}`}`}
          </a>
        )
      })}
    </>
  )
}

function runs(numbers: SourceNumbers, citations: readonly { source: string; stance: string }[]): Cited[] {
  const all = citations.flatMap(({ source, stance }) => {
    const cited = numbers.get(source)
    return cited ? [{ from: cited.n, to: cited.n, disputes: stance === 'disputes', title: cited.title }] : []
  })
  const joined: Cited[] = []
  for (const each of all.sort((a, b) => Number(a.disputes) - Number(b.disputes) || a.from - b.from)) {
    const last = joined.at(-1)
    if (last && !last.disputes && !each.disputes && each.from === last.to + 1) last.to = each.to
    else joined.push({ ...each })
  }
  // Two beside each other read better as two.
  return joined.flatMap((run) => (run.to === run.from + 1 ? all.filter(({ from, disputes }) => !disputes && (from === run.from || from === run.to)) : [run]))
}
