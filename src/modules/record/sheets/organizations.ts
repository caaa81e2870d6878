import { z } from 'zod'
import type { Language } from '../../../platform/i18n/languages.ts'
import { ownLanguage, type EntryDraft } from '../rules/statements.ts'
import { kindTerms } from '../rules/terms.ts'
import { key } from '../schema.ts'
import { country, keyList, list, optional, optionalAddress, optionalKey, required, speaker, texts } from './cells.ts'

/** `organizations.csv`: names as each language uses them (not translations), other names, where, under whom. */
export const organizationSheet = z.object({
  id: key,
  kind: z.enum(kindTerms.organization),
  country,
  place: optional,
  name_en: required,
  name_es: optional,
  name_zh: optional,
  name_vi: optional,
  acronym: optional,
  aliases: list,
  parent_id: optionalKey,
  website: optionalAddress,
  source_ids: keyList.pipe(z.array(z.string()).min(1)),
})
export type OrganizationRow = z.output<typeof organizationSheet>

export function organizationDraft(row: OrganizationRow): EntryDraft {
  const { say, point } = speaker(row.source_ids)
  const names = texts(row, 'name')
  const own = ownLanguage(row.country)
  const languages = (Object.keys(names) as Language[]).sort((a, b) => Number(b === own) - Number(a === own))
  return {
    kind: 'organization',
    key: row.id,
    statements: [
      ...languages.flatMap((language) => say('name', names[language], { language })),
      ...say('acronym', row.acronym),
      ...row.aliases.flatMap((alias) => say('alias', alias)),
      ...say('kind', row.kind),
      ...say('country', row.country),
      ...say('place', row.place),
      ...point('parent', 'organization', row.parent_id),
      ...say('website', row.website),
    ],
  }
}
