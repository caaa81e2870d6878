import { languageNames, languages } from '../../../platform/i18n/languages.ts'
import { languageOptions, memberInputs, membersTexts } from '../../members/index.ts'
import { textField } from '../schema/listings.ts'
import { audiences, directions, forms, ipStates, stages } from '../schema/terms.ts'
import { pillarWord, stageWord, type ExchangeView } from './parts.tsx'

/** What may be chosen in the fields of a listing, in the words of the reader. */
export function optionsOf({ view, say }: ExchangeView) {
  const kinds = membersTexts[view.language]
  const options = <V extends string>(values: readonly V[], word: (value: V) => string) => values.map((value) => ({ value, label: word(value) }))
  return {
    direction: options(directions, (value) => say(`direction.${value}-long`)),
    pillar: options(memberInputs.pillars, (value) => pillarWord(view, value)),
    original: languageOptions,
    stage: options(stages, (value) => stageWord(say, value)),
    ip: options(ipStates, (value) => say(`ip.${value}`)),
    forms: options(forms, (value) => say(`form.${value}`)),
    partner_kinds: options(memberInputs.organizationKinds, (value) => kinds(`kind.${value}`)),
    audience: options(audiences, (value) => say(`audience.${value}`)),
  }
}

/** What the fields are called, for the summary of what is wrong. */
export function labelsOf(say: ExchangeView['say']): Record<string, string> {
  const plain = [
    'direction',
    'pillar',
    'original',
    'stage',
    'ip',
    'forms',
    'partner_kinds',
    'authorizations',
    'countries_wanted',
    'countries_excluded',
    'amount',
    'unit',
    'timing',
  ] as const
  const others = ['audience', 'hidden_from', 'valid_until', 'concepts', 'about'] as const
  const texts = (['title', 'body', 'sought'] as const).flatMap((field) =>
    languages.map((language): [string, string] => [textField(field, language), `${say(`listing.${field}`)} (${languageNames[language]})`]),
  )
  return Object.fromEntries([...[...plain, ...others].map((name): [string, string] => [name, say(`listing.${name}`)]), ...texts])
}
