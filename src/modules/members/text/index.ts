import { defineTexts } from '../../../platform/i18n/texts.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { en as kindsEn } from './kinds/en.ts'
import { es as kindsEs } from './kinds/es.ts'
import { vi as kindsVi } from './kinds/vi.ts'
import { zh as kindsZh } from './kinds/zh.ts'
import { en as organizationsEn } from './organizations/en.ts'
import { es as organizationsEs } from './organizations/es.ts'
import { vi as organizationsVi } from './organizations/vi.ts'
import { zh as organizationsZh } from './organizations/zh.ts'
import { vi } from './vi.ts'
import { zh } from './zh.ts'

/** What each kind of organization is called; the record says it too. */
export const organizationKindWords = { en: kindsEn, es: kindsEs, zh: kindsZh, vi: kindsVi } as const

export const membersTexts = defineTexts({
  en: { ...en, ...kindsEn, ...organizationsEn },
  es: { ...es, ...kindsEs, ...organizationsEs },
  zh: { ...zh, ...kindsZh, ...organizationsZh },
  vi: { ...vi, ...kindsVi, ...organizationsVi },
})
export type MembersSay = (typeof membersTexts)['en']
