import type { Language } from '../../../platform/i18n/languages.ts'
import { bodyLength, soughtLength, titleLength } from '../schema/listings.ts'
import { exchangeTexts } from '../text/index.ts'
import type { ColumnKey } from './columns.ts'

const lengths = { title: titleLength, body: bodyLength, sought: soughtLength }

/** How a column is filled in. */
export function hintOf(key: ColumnKey, language: Language): string {
  const say = exchangeTexts[language]
  const sheet = say('sheet.words')
  const text = /^(title|body|sought)_/.exec(key)?.[1] as keyof typeof lengths | undefined
  if (text !== undefined) return say('sheet.hint.text', { n: lengths[text] })
  switch (key) {
    case 'direction':
    case 'pillar':
    case 'original':
    case 'audience':
    case 'stage':
    case 'ip':
      return say('sheet.hint.one', { sheet })
    case 'forms':
    case 'partner_kinds':
      return say('sheet.hint.several', { sheet })
    case 'authorizations':
    case 'countries_wanted':
    case 'countries_excluded':
      return say('sheet.hint.countries')
    case 'valid_until':
      return say('sheet.hint.date')
    case 'hidden_from':
      return say('sheet.hint.hidden')
    case 'number':
    case 'concepts':
    case 'amount':
      return say(`sheet.hint.${key}`)
    default:
      return say('sheet.hint.line', { n: key === 'unit' ? 60 : 500 })
  }
}
