import { defineTexts } from '../../../platform/i18n/texts.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { en as newsEn } from './news/en.ts'
import { es as newsEs } from './news/es.ts'
import { vi as newsVi } from './news/vi.ts'
import { zh as newsZh } from './news/zh.ts'
import { vi } from './vi.ts'
import { zh } from './zh.ts'

export const matchingTexts = defineTexts({ en: { ...en, ...newsEn }, es: { ...es, ...newsEs }, zh: { ...zh, ...newsZh }, vi: { ...vi, ...newsVi } })
export type MatchingSay = (typeof matchingTexts)['en']
