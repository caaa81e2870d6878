import { defineTexts } from '../../../platform/i18n/texts.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { en as termsEn } from './terms/en.ts'
import { es as termsEs } from './terms/es.ts'
import { vi as termsVi } from './terms/vi.ts'
import { zh as termsZh } from './terms/zh.ts'
import { vi } from './vi.ts'
import { zh } from './zh.ts'

export const recordTexts = defineTexts({ en: { ...en, ...termsEn }, es: { ...es, ...termsEs }, zh: { ...zh, ...termsZh }, vi: { ...vi, ...termsVi } })
export type RecordSay = (typeof recordTexts)['en']
