import type { CommandContext } from './command.ts'
import { refuse } from '../errors.ts'
import { platformTexts } from '../i18n/index.ts'
import type { FileIssue } from '../text/csv.ts'

/**
 * Tells all that is wrong in files, a line each.
 *
 * @throws Refusal `import_invalid` if there is anything
 */
export function tellIssues({ out, json }: Pick<CommandContext, 'out' | 'json'>, issues: readonly FileIssue[]): void {
  for (const { file, line, issue } of issues) {
    const sentence = platformTexts.en(`issue.${issue.code}`, issue.params)
    out(json ? JSON.stringify({ file, line, column: issue.path, code: issue.code, message: sentence }) : `${file}:${line} ${issue.path}: ${sentence}`)
  }
  if (issues.length > 0) throw refuse('import_invalid', { n: issues.length })
}
