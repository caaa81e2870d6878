import { lastDayIssue } from '../../../platform/day-issue.ts'
import type { Issue } from '../../../platform/errors.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'

/** What a call has to say before it goes to the desk, or is opened. */
export type Said = {
  original: Language
  title: LanguageText
  body: LanguageText
  deadline: string | null
  lines: readonly { concepts: readonly string[] }[]
}

/** All that keeps a call from being opened; the paths are those of its forms. */
export function missingIn({ original, title, body, deadline, lines }: Said, today: string): Issue[] {
  const issues: Issue[] = []
  if (title[original] === undefined) issues.push({ path: `title_${original}`, code: 'required' })
  if (body[original] === undefined) issues.push({ path: `body_${original}`, code: 'required' })
  const late: Issue | undefined = deadline === null ? { path: 'deadline', code: 'required' } : lastDayIssue('deadline', deadline, today)
  if (late !== undefined) issues.push(late)
  if (lines.length === 0) issues.push({ path: 'lines', code: 'required' })
  // Without a concept nobody is found who offers it.
  if (lines.some(({ concepts }) => concepts.length === 0)) issues.push({ path: 'concepts', code: 'required' })
  return issues
}
