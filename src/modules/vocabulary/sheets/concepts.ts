import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { languages } from '../../../platform/i18n/languages.ts'
import { readCsv, type FileIssue } from '../../../platform/text/csv.ts'
import { conceptKey } from '../schema.ts'
import type { ConceptDraft } from '../rules/draft.ts'
import { labelsOfFields } from '../rules/labels.ts'

const cell = z.string().max(8000)
const columns = z.object({
  id: conceptKey,
  broader: cell,
  related: cell,
  ...(Object.fromEntries(languages.map((language) => [language, cell])) as Record<(typeof languages)[number], typeof cell>),
  codes: cell,
  note: cell.max(2000),
})

/** The names of the columns, in their order. */
export const conceptColumns = Object.keys(columns.shape)

export type ConceptSheet = { drafts: ConceptDraft[]; issues: FileIssue[] }

/** Reads one file of concepts; its area is its name. */
export async function readConcepts(path: string, area = basename(path, '.csv')): Promise<ConceptSheet> {
  const { rows, issues } = await readCsv(path, columns)
  return {
    issues,
    drafts: rows.map(({ value }) => ({
      key: value.id,
      area,
      labels: labelsOfFields(value),
      broader: words(value.broader),
      related: words(value.related),
      codes: words(value.codes).map(codeOf),
      note: value.note === '' ? null : value.note,
    })),
  }
}

/** The key of the first row of a file names its area, since files may be called otherwise. */
export async function readArea(path: string): Promise<ConceptSheet> {
  const sheet = await readConcepts(path)
  const area = sheet.drafts[0]?.key ?? basename(path, '.csv')
  return { ...sheet, drafts: sheet.drafts.map((draft) => ({ ...draft, area })) }
}

/** Keys with blanks between them. */
export const words = (text: string): string[] => [...new Set(text.split(/\s+/).filter((part) => part !== ''))]

/** A code as files write it, `mesh:D009369`. */
export function codeOf(text: string): { register: string; code: string } {
  const at = text.indexOf(':')
  return at < 0 ? { register: '', code: text } : { register: text.slice(0, at), code: text.slice(at + 1) }
}

/** The files of concepts in a folder, with their digests; none if there is no folder. */
export async function conceptFiles(directory: string): Promise<{ path: string; name: string; digest: string }[]> {
  const names = (await readdir(directory).catch(() => [])).filter((name) => /^[a-z0-9-]+\.csv$/.test(name)).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const path = join(directory, name)
      const digest = createHash('sha256')
        .update(await readFile(path))
        .digest('hex')
      return { path, name, digest }
    }),
  )
}
