import type { Sentences } from '../../../../platform/i18n/texts.ts'

export const en = {
  'map.title': 'Map',
} as const satisfies Sentences
