import { defineTexts } from '../../../platform/i18n/texts.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { en as guidesEn } from './guides/en.ts'
import { es as guidesEs } from './guides/es.ts'
import { vi as guidesVi } from './guides/vi.ts'
import { zh as guidesZh } from './guides/zh.ts'
import { vi } from './vi.ts'
import { zh } from './zh.ts'

export const exchangeTexts = defineTexts({
  en: { ...en, ...guidesEn },
  es: { ...es, ...guidesEs },
  zh: { ...zh, ...guidesZh },
  vi: { ...vi, ...guidesVi },
})
export type ExchangeSay = (typeof exchangeTexts)['en']
