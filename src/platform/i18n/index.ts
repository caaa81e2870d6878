import { en } from './text/en.ts'
import { es } from './text/es.ts'
import { vi } from './text/vi.ts'
import { zh } from './text/zh.ts'
import { defineTexts } from './texts.ts'

/** What the platform itself says: navigation, refusals, dates, forms. */
export const platformTexts = defineTexts({ en, es, zh, vi })

export type PlatformSay = (typeof platformTexts)['en']
