import { z } from 'zod'
import type { EntryDraft } from '../rules/statements.ts'
import { key } from '../schema.ts'
import { country, inFourLanguages, keyList, list, optional, optionalDate, optionalKey, parties, required, speaker, term, texts } from './cells.ts'

/** `products.csv`: what the cooperation makes and sells. */
export const productSheet = z.object({
  id: key,
  kind: term('product', 'kind'),
  ...inFourLanguages('name', required),
  ...inFourLanguages('inn_or_active', optional),
  developer_org_id: optionalKey,
  ...inFourLanguages('indications', optional),
  manufacturer_org_ids: parties,
  ...inFourLanguages('storage', optional),
  atc: list.pipe(z.array(z.string().regex(/^[A-Z]\d{2}([A-Z]{1,2}(\d{2})?)?$/))),
  source_ids: keyList.pipe(z.array(z.string()).min(1)),
})
export type ProductRow = z.output<typeof productSheet>

export function productDraft(row: ProductRow): EntryDraft {
  const { say, tell, point, involve } = speaker(row.source_ids)
  return {
    kind: 'product',
    key: row.id,
    statements: [
      ...tell('name', texts(row, 'name')),
      ...say('kind', row.kind),
      ...tell('active_ingredient', texts(row, 'inn_or_active')),
      ...point('developer', 'organization', row.developer_org_id),
      ...row.manufacturer_org_ids.flatMap((party) => involve('manufacturer', party)),
      ...tell('indication', texts(row, 'indications')),
      ...tell('storage', texts(row, 'storage')),
      ...row.atc.flatMap((code) => say('atc', code)),
    ],
  }
}

/** `authorizations.csv`: that a product may be used in a country, for what, since when; one row for each country, indication and date. */
export const authorizationSheet = z.object({
  id: key,
  product_id: key,
  country,
  status: term('authorization', 'status'),
  date: optionalDate,
  number: optional,
  regulator_org_id: optionalKey,
  ...inFourLanguages('indication', optional),
  ...inFourLanguages('note', optional),
  source_ids: keyList.pipe(z.array(z.string()).min(1)),
})
export type AuthorizationRow = z.output<typeof authorizationSheet>

export function authorizationDraft(row: AuthorizationRow): EntryDraft {
  const { say, tell, point } = speaker(row.source_ids)
  return {
    kind: 'authorization',
    key: row.id,
    statements: [
      ...point('product', 'product', row.product_id),
      ...say('country', row.country),
      ...say('status', row.status),
      ...say('date', row.date),
      ...say('number', row.number),
      ...point('regulator', 'organization', row.regulator_org_id),
      ...tell('indication', texts(row, 'indication')),
      ...tell('note', texts(row, 'note')),
    ],
  }
}
