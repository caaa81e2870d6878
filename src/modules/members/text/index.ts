import { defineTexts } from '../../../platform/i18n/texts.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { en as kindsEn } from './kinds/en.ts'
import { es as kindsEs } from './kinds/es.ts'
import { vi as kindsVi } from './kinds/vi.ts'
import { zh as kindsZh } from './kinds/zh.ts'
import { en as keysEn } from './keys/en.ts'
import { es as keysEs } from './keys/es.ts'
import { vi as keysVi } from './keys/vi.ts'
import { zh as keysZh } from './keys/zh.ts'
import { en as organizationsEn } from './organizations/en.ts'
import { es as organizationsEs } from './organizations/es.ts'
import { vi as organizationsVi } from './organizations/vi.ts'
import { zh as organizationsZh } from './organizations/zh.ts'
import { vi } from './vi.ts'
import { zh } from './zh.ts'

/** What each kind of organization is called; the record says it too. */
export const organizationKindWords = { en: kindsEn, es: kindsEs, zh: kindsZh, vi: kindsVi } as const

export const membersTexts = defineTexts({
  en: { ...en, ...kindsEn, ...keysEn, ...organizationsEn },
  es: { ...es, ...kindsEs, ...keysEs, ...organizationsEs },
  zh: { ...zh, ...kindsZh, ...keysZh, ...organizationsZh },
  vi: { ...vi, ...kindsVi, ...keysVi, ...organizationsVi },
})
export type MembersSay = (typeof membersTexts)['en']
