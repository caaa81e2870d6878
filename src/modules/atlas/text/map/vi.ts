import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const vi = {
  'map.title': 'Bản đồ',
} as const satisfies Record<keyof typeof en, Sentence>
