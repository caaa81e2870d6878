import { organizationKindWords } from '../../members/index.ts'
import { defineTexts } from '../../../platform/i18n/texts.ts'
import { en as chartsEn } from './charts/en.ts'
import { es as chartsEs } from './charts/es.ts'
import { vi as chartsVi } from './charts/vi.ts'
import { zh as chartsZh } from './charts/zh.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { en as termsEn } from './terms/en.ts'
import { es as termsEs } from './terms/es.ts'
import { vi as termsVi } from './terms/vi.ts'
import { zh as termsZh } from './terms/zh.ts'
import { vi } from './vi.ts'
import { zh } from './zh.ts'

export const recordTexts = defineTexts({
  en: { ...organizationKindWords.en, ...en, ...termsEn, ...chartsEn },
  es: { ...organizationKindWords.es, ...es, ...termsEs, ...chartsEs },
  zh: { ...organizationKindWords.zh, ...zh, ...termsZh, ...chartsZh },
  vi: { ...organizationKindWords.vi, ...vi, ...termsVi, ...chartsVi },
})
export type RecordSay = (typeof recordTexts)['en']
