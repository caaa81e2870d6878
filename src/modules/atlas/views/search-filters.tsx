import { countryName, formatNumber } from '../../../platform/i18n/format.ts'
import { languageNames, type Language } from '../../../platform/i18n/languages.ts'
import type { Found } from '../../../platform/search/search.ts'
import { Filters } from '../../../platform/ui/filters.tsx'
import { exchangeTexts } from '../../exchange/index.ts'
import { pillarLabel } from './search-hit.tsx'
import { searchFacets, type SearchFacet, type SearchInput } from '../schema.ts'
import type { AtlasView } from './home.tsx'

/** By what the hits may be narrowed, each with how many that leaves; of what none has, nothing is asked. */
export function SearchFilters({ view, say, input, found }: AtlasView & { input: SearchInput; found: Found }) {
  const label = (facet: SearchFacet, value: string): string => {
    if (facet === 'country') return countryName(value, view.language)
    if (facet === 'language') return languageNames[value as Language]
    return facet === 'direction' ? exchangeTexts[view.language](`direction.${value as 'offer' | 'need'}s`) : pillarLabel(view, value)
  }
  const filters = searchFacets.map((facet) => {
    const counted = found.facets
      .filter((each) => each.facet.startsWith(`${facet}:`))
      .map(({ facet: each, n }) => ({ value: each.slice(facet.length + 1), n }))
      // Documents are written in more languages than the site speaks and can be asked for.
      .filter(({ value }) => facet !== 'language' || value in languageNames)
    const chosen = input[facet]
    const all = chosen === undefined || counted.some(({ value }) => value === chosen) ? counted : [...counted, { value: chosen, n: 0 }]
    return {
      name: facet,
      label: say(`search.${facet}`),
      value: chosen,
      options: all.map(({ value, n }) => ({ value, label: say('search.counted', { label: label(facet, value), n: formatNumber(n, view.language) }) })),
    }
  })
  const useful = filters.filter(({ options, value }) => options.length > 1 || value !== undefined)
  return useful.length === 0 ? null : <Filters view={view} filters={useful} sort={undefined} kept={{ q: input.q, kind: input.kind }} />
}
