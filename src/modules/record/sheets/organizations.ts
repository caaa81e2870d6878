import { z } from 'zod'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import { ownLanguage, type EntryDraft, type StatementDraft } from '../rules/statements.ts'
import { key, organizationKinds } from '../schema.ts'
import { country, keyList, list, optional, optionalAddress, optionalKey, required, supportedBy, texts } from './cells.ts'

/** `organizations.csv`: names as each language uses them (not translations), other names, where, under whom. */
export const organizationSheet = z.object({
  id: key,
  kind: z.enum(organizationKinds),
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

export type OrganizationProjection = {
  kind: string
  country: string
  place: string | undefined
  names: LanguageText
  acronym: string | undefined
  aliases: string[]
  parent: string | undefined
}

/** @param place key of the place */
export function organizationDraft(row: OrganizationRow, place: string | undefined): EntryDraft<OrganizationProjection> {
  const citations = supportedBy(row.source_ids)
  const names = texts(row, 'name')
  const say = (field: string, value: string | undefined, more: Partial<StatementDraft> = {}): StatementDraft[] =>
    value === undefined ? [] : [{ field, value, citations, ...more }]
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
      ...say('place', place),
      ...(row.parent_id ? say('parent', row.parent_id, { target: `organization:${row.parent_id}` }) : []),
      ...say('website', row.website),
    ],
    projection: { kind: row.kind, country: row.country, place, names, acronym: row.acronym, aliases: row.aliases, parent: row.parent_id },
  }
}
