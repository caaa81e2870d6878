import { z } from 'zod'
import type { EntryDraft } from '../rules/statements.ts'
import { key } from '../schema.ts'
import { country, inFourLanguages, keyList, list, optional, optionalDate, optionalKey, required, speaker, term, texts } from './cells.ts'

const partner = z.string().regex(/^[a-z0-9-]+=(\d{1,3}(\.\d{1,2})?)?$/)

/** `ventures.csv`: joint companies; `partners_with_shares` as `cim=51;unnamed-cn=49`, an empty share where none is known. */
export const ventureSheet = z.object({
  id: key,
  ...inFourLanguages('name', required),
  country: list.pipe(z.array(country)),
  org_id: optionalKey,
  partners_with_shares: list.pipe(z.array(partner)),
  founded: optionalDate,
  ...inFourLanguages('founded_note', optional),
  ...inFourLanguages('field', optional),
  ...inFourLanguages('products', optional),
  status: term('venture', 'status'),
  source_ids: keyList.pipe(z.array(z.string()).min(1)),
})
export type VentureRow = z.output<typeof ventureSheet>

/** The partners of a row and what they hold. */
export const sharesOf = (row: VentureRow) =>
  row.partners_with_shares.map((cell) => {
    const [partner = '', share = ''] = cell.split('=')
    return { partner, share }
  })

export function ventureDraft(row: VentureRow): EntryDraft {
  const { say, tell, point, involve } = speaker(row.source_ids)
  const note = texts(row, 'founded_note')
  return {
    kind: 'venture',
    key: row.id,
    statements: [
      ...tell('name', texts(row, 'name')),
      ...row.country.flatMap((code) => say('country', code)),
      ...point('organization', 'organization', row.org_id),
      ...sharesOf(row).flatMap(({ partner, share }) => involve('partner', partner, share === '' ? {} : { qualifiers: { share } })),
      ...say('founded', row.founded, note.en === undefined ? {} : { qualifiers: { basis: note } }),
      ...tell('field_of_work', texts(row, 'field')),
      ...tell('products', texts(row, 'products')),
      ...say('status', row.status),
    ],
  }
}
