import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const zh = {
  'map.title': '地图',
} as const satisfies Record<keyof typeof en, Sentence>
