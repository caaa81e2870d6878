import { formatNumber } from '../../../platform/i18n/format.ts'
import { pickText, type LanguageText } from '../../../platform/i18n/languages.ts'
import { countCap } from '../../../platform/search/search.ts'
import { Text } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import type { VocabularySay } from '../text/index.ts'

/** What views of the vocabulary are given. */
export type VocabularyView = { view: View; say: VocabularySay }

/** A concept in the reader's language, else in another; a link to its page. */
export function ConceptLink({ view, to }: { view: View; to: { key: string; names: LanguageText } }) {
  return <a href={view.link(`/concepts/${to.key}`)}>{Object.keys(to.names).length === 0 ? to.key : <Text view={view} text={to.names} />}</a>
}

/** What a concept is called where only text can stand, such as in a title. */
export const nameOf = (names: LanguageText, view: View, key: string): string => pickText(names, view.language)?.text ?? key

/** How many fit, exact up to the cap. */
export const countOf = ({ view, say }: VocabularyView, total: number): string =>
  total > countCap ? say('vocabulary.capped', { n: formatNumber(countCap, view.language) }) : say('vocabulary.count', { n: total })
