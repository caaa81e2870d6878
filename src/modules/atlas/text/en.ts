import type { Sentences } from '../../../platform/i18n/texts.ts'

export const en = {
  'nav.map': 'Map',
  'nav.timeline': 'Timeline',
  'nav.network': 'Network',
  'home.title': 'What Cuba, China and Viet Nam build together in biotechnology',
  'home.lead': 'Who works with whom, what came of it, and which document says so. Where sources disagree, both sides stand side by side.',
  'home.placeholder': 'CIGB, 永州, công nghệ sinh học, transferencia…',
  'home.counts': 'On record',
  'home.latest': 'Latest events',
  'home.all': 'All events',
  'home.all-disputes': 'All disputes',
  'home.empty': 'Nothing is on record yet. Load it with: npx puente import record seeds/record',
  'search.title': 'Search',
  'search.results': { one: 'One result for “{q}”', other: '{n} results for “{q}”' },
  'search.capped': 'More than {n} results for “{q}”',
  'search.none': 'Nothing found for “{q}”. Try fewer words, or a name in another language.',
  'search.ask': 'Type a name, a place or a subject in any of the four languages.',
  'search.all': 'Everything',
  'search.instead': {
    one: 'Nothing is spelled “{q}”. One result for what is spelled nearly so: {words}.',
    other: 'Nothing is spelled “{q}”. {n} results for what is spelled nearly so: {words}.',
  },
  'search.also': 'also:',
} as const satisfies Sentences
