import { defineTexts } from '../../../platform/i18n/texts.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { en as mapEn } from './map/en.ts'
import { es as mapEs } from './map/es.ts'
import { vi as mapVi } from './map/vi.ts'
import { zh as mapZh } from './map/zh.ts'
import { vi } from './vi.ts'
import { zh } from './zh.ts'

export const atlasTexts = defineTexts({ en: { ...en, ...mapEn }, es: { ...es, ...mapEs }, zh: { ...zh, ...mapZh }, vi: { ...vi, ...mapVi } })
export type AtlasSay = (typeof atlasTexts)['en']
