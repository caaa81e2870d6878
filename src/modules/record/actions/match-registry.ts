import { open } from 'node:fs/promises'
import type { Actor } from '../../../platform/access/actor.ts'
import type { Database } from '../../../platform/db/database.ts'
import { csvStream } from '../../../platform/download/csv.ts'
import { refuse } from '../../../platform/errors.ts'
import type { FileIssue } from '../../../platform/text/csv.ts'
import { readJsonRecords } from '../../../platform/text/json-records.ts'
import { mayMatch } from '../policy.ts'
import { countriesOf, Matcher, type Pair, type Reason } from '../rules/match.ts'
import { stateOf } from '../rules/registry.ts'
import { registryMegabytes, rorRecord } from '../sheets/ror.ts'
import { reportColumns, type ReportRow } from '../sheets/ror-report.ts'
import { organizationsKnown } from '../store/organizations.ts'

/** How many organizations on record have a candidate that is certain, only such as a person must look at, or none; and how many the registry's file has. */
export type MatchCounts = { certain: number; look: number; none: number; records: number }
export type MatchResult = { issues: FileIssue[]; counts: MatchCounts; pairs: Pair[] }

const mostIssues = 100

/** Finds who on record may be whom in a file of the registry. Writes nothing. @returns with `issues`, the file cannot be used */
export async function matchRegistry(database: Database, actor: Actor, path: string): Promise<MatchResult> {
  if (!mayMatch(actor)) throw refuse('forbidden')
  const organizations = await database.read(actor, organizationsKnown)
  const matcher = new Matcher(organizations)
  const issues: FileIssue[] = []
  let records = 0
  for await (const each of readJsonRecords(path, rorRecord, registryMegabytes)) {
    if ('issue' in each) issues.push(each)
    else {
      records++
      matcher.add(each.value)
    }
    if (issues.length === mostIssues) break
  }
  const pairs = issues.length > 0 ? [] : matcher.decide()
  const certain = new Set(pairs.filter(({ decision }) => decision === 'same').map(({ organization }) => organization.key))
  const matched = new Set(pairs.map(({ organization }) => organization.key))
  return { issues, pairs, counts: { certain: certain.size, look: matched.size - certain.size, none: organizations.length - matched.size, records } }
}

/** Writes a report for people to decide on. @param say the words for a reason */
export async function writeReport(path: string, pairs: readonly Pair[], say: (reason: Reason) => string): Promise<void> {
  const columns = reportColumns.map((column) => ({ key: column, label: column, value: (row: Record<keyof ReportRow, string>) => row[column] }))
  const rows = pairs.map((pair) => reportRow(pair, say))
  const file = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? refuse('folder_taken', { path }) : refuse('usage', { reason: `${path} cannot be written (${error.code ?? ''})` })
  })
  try {
    for await (const part of csvStream(columns, rows, { header: 'key' })) await file.write(part)
  } finally {
    await file.close()
  }
}

const reportRow = ({ organization, record, score, reasons, decision }: Pair, say: (reason: Reason) => string): Record<keyof ReportRow, string> => ({
  organization: organization.key,
  ror: record.id,
  decision,
  score: score.toFixed(2),
  reasons: [...reasons].map(say).join('; '),
  organization_country: organization.country ?? '',
  ror_country: countriesOf(record).join('; '),
  organization_names: [...organization.names, ...organization.acronyms].join('; '),
  ror_names: record.names.map(({ value }) => value).join('; '),
  ror_modified: record.admin.last_modified.date,
  state: stateOf(organization),
})
