import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const es = {
  'map.title': 'Mapa',
} as const satisfies Record<keyof typeof en, Sentence>
