import { defineTexts } from '../../../platform/i18n/texts.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { vi } from './vi.ts'
import { zh } from './zh.ts'

export const callsTexts = defineTexts({ en, es, zh, vi })
export type CallsSay = (typeof callsTexts)['en']
