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

const [shortestBody, longestDays] = [40, 366]
const day = 86_400_000

/** Whether a last day is to come, and not later than in a year. @param today `2026-11-22` */
export function dayIssue(until: string, today: string): 'out_of_range' | undefined {
  const days = (Date.parse(until) - Date.parse(today)) / day
  return days >= 0 && days <= longestDays ? undefined : 'out_of_range'
}

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
  const late = validUntil === null ? 'required' : dayIssue(validUntil, today)
  if (late !== undefined) issues.push({ path: 'valid_until', code: late })
  return issues
}
