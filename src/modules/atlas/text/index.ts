import { defineTexts } from '../../../platform/i18n/texts.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { en as mapEn } from './map/en.ts'
import { es as mapEs } from './map/es.ts'
import { vi as mapVi } from './map/vi.ts'
import { zh as mapZh } from './map/zh.ts'
import { en as networkEn } from './network/en.ts'
import { es as networkEs } from './network/es.ts'
import { vi as networkVi } from './network/vi.ts'
import { zh as networkZh } from './network/zh.ts'
import { en as savedEn } from './saved/en.ts'
import { es as savedEs } from './saved/es.ts'
import { vi as savedVi } from './saved/vi.ts'
import { zh as savedZh } from './saved/zh.ts'
import { en as timelineEn } from './timeline/en.ts'
import { es as timelineEs } from './timeline/es.ts'
import { vi as timelineVi } from './timeline/vi.ts'
import { zh as timelineZh } from './timeline/zh.ts'
import { vi } from './vi.ts'
import { zh } from './zh.ts'

export const atlasTexts = defineTexts({
  en: { ...en, ...mapEn, ...networkEn, ...savedEn, ...timelineEn },
  es: { ...es, ...mapEs, ...networkEs, ...savedEs, ...timelineEs },
  zh: { ...zh, ...mapZh, ...networkZh, ...savedZh, ...timelineZh },
  vi: { ...vi, ...mapVi, ...networkVi, ...savedVi, ...timelineVi },
})
export type AtlasSay = (typeof atlasTexts)['en']
