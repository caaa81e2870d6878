import { lastDayIssue } from '../../../platform/day-issue.ts'
import type { Issue } from '../../../platform/errors.ts'
import type { LanguageText, Language } from '../../../platform/i18n/languages.ts'

/** What a listing has to say before anybody reviews it. */
export type Said = {
  original: Language
  title: LanguageText
  body: LanguageText
  forms: readonly string[]
  concepts: readonly string[]
  validUntil: string | null
}

const shortestBody = 40

/** All that keeps a listing from being reviewed; the paths are those of its form. */
export function missingIn({ original, title, body, forms, concepts, validUntil }: Said, today: string): Issue[] {
  const issues: Issue[] = []
  if (title[original] === undefined) issues.push({ path: `title_${original}`, code: 'required' })
  const text = body[original] ?? ''
  if (text === '') issues.push({ path: `body_${original}`, code: 'required' })
  // A sentence of Chinese is half as long.
  else if (text.length * (original === 'zh' ? 2 : 1) < shortestBody) issues.push({ path: `body_${original}`, code: 'too_short', params: { n: shortestBody } })
  if (forms.length === 0) issues.push({ path: 'forms', code: 'required' })
  if (concepts.length === 0) issues.push({ path: 'concepts', code: 'required' })
  const late: Issue | undefined = validUntil === null ? { path: 'valid_until', code: 'required' } : lastDayIssue('valid_until', validUntil, today)
  if (late !== undefined) issues.push(late)
  return issues
}
