import { defineTexts } from '../../../platform/i18n/texts.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { en as filesEn } from './files/en.ts'
import { es as filesEs } from './files/es.ts'
import { vi as filesVi } from './files/vi.ts'
import { zh as filesZh } from './files/zh.ts'
import { en as guidesEn } from './guides/en.ts'
import { es as guidesEs } from './guides/es.ts'
import { vi as guidesVi } from './guides/vi.ts'
import { zh as guidesZh } from './guides/zh.ts'
import { en as sheetsEn } from './sheets/en.ts'
import { es as sheetsEs } from './sheets/es.ts'
import { vi as sheetsVi } from './sheets/vi.ts'
import { zh as sheetsZh } from './sheets/zh.ts'
import { en as reachEn } from './reach/en.ts'
import { es as reachEs } from './reach/es.ts'
import { vi as reachVi } from './reach/vi.ts'
import { zh as reachZh } from './reach/zh.ts'
import { en as unitsEn } from './units/en.ts'
import { es as unitsEs } from './units/es.ts'
import { vi as unitsVi } from './units/vi.ts'
import { zh as unitsZh } from './units/zh.ts'
import { vi } from './vi.ts'
import { zh } from './zh.ts'

export const exchangeTexts = defineTexts({
  en: { ...en, ...guidesEn, ...filesEn, ...sheetsEn, ...reachEn, ...unitsEn },
  es: { ...es, ...guidesEs, ...filesEs, ...sheetsEs, ...reachEs, ...unitsEs },
  zh: { ...zh, ...guidesZh, ...filesZh, ...sheetsZh, ...reachZh, ...unitsZh },
  vi: { ...vi, ...guidesVi, ...filesVi, ...sheetsVi, ...reachVi, ...unitsVi },
})
export type ExchangeSay = (typeof exchangeTexts)['en']
