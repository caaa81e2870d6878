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

/** Small numbers that lead to the sources of a statement. */
export function Citations({ say, numbers, citations }: { say: RecordSay; numbers: ReadonlyMap<string, { n: number; title: string }>; citations: readonly { source: string; stance: string }[] }) {
  return (
    <>
      {citations.map(({ source, stance }) => {
        const cited = numbers.get(source)
        if (!cited) return null
        const words = say(stance === 'disputes' ? 'entry.disputes' : 'entry.cited', { n: cited.n, title: cited.title })
        return (
          <a class="cite" href={`#source-${cited.n}`} title={words} aria-label={words}>
            {stance === 'disputes' ? `≠${cited.n}` : cited.n}
          </a>
        )
      })}
    </>
  )
}
