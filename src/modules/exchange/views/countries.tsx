import { countryName, formatNumber } from '../../../platform/i18n/format.ts'
import { countryCap, type FromCountry } from '../store/lists.ts'
import type { ExchangeView } from './parts.tsx'

/** How many listings come from each country, the most first: each a link to those. */
export function Countries({ view, say, countries }: ExchangeView & { countries: readonly FromCountry[] }) {
  if (countries.length === 0) return null
  const named = countries.map(({ country, n }) => ({ country, n, name: countryName(country, view.language) }))
  const sorted = named.toSorted((a, b) => b.n - a.n || a.name.localeCompare(b.name, view.language))
  const count = (n: number) => (n > countryCap ? `${formatNumber(countryCap, view.language)}+` : formatNumber(n, view.language))
  return (
    <details>
      <summary>{say('exchange.by-country')}</summary>
      <ul class="rows">
        {sorted.map(({ country, n, name }) => (
          <li>
            <a href={view.link(`/exchange?country=${country}`)}>{name}</a> <small>{count(n)}</small>
          </li>
        ))}
      </ul>
    </details>
  )
}
