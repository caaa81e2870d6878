import { z } from 'zod'
import { languages } from '../../../platform/i18n/languages.ts'
import { readCsv, type FileIssue } from '../../../platform/text/csv.ts'
import { memberInputs } from '../../members/index.ts'
import { directions } from '../schema/terms.ts'

const columns = z.object({
  id: z.string().regex(/^[a-z]+-\d+$/),
  org_id: z.string().min(1).max(200),
  direction: z.enum(directions),
  pillar: z.enum(memberInputs.pillars),
  title: z.string().min(1).max(400),
  summary: z.string().min(1).max(4000),
  language: z.enum(languages),
  sought: z.string().max(1000),
  source_ids: z.string().min(1).max(400),
})

export type Derived = {
  number: string
  entry: string
  direction: z.output<typeof columns>['direction']
  pillar: z.output<typeof columns>['pillar']
  title: string
  summary: string
  language: z.output<typeof columns>['language']
  sought: string
  sources: string[]
}

/** Reads what published sources say that organizations of the record offer and need. */
export async function readDerived(path: string): Promise<{ derived: Derived[]; issues: FileIssue[] }> {
  const { rows, issues } = await readCsv(path, columns)
  return {
    issues,
    derived: rows.map(({ value: { id, org_id: entry, source_ids: sources, ...rest } }) => ({ number: id, entry, sources: sources.split(';'), ...rest })),
  }
}
