import { formatEdtf } from '../text/edtf.ts'
import { htmlLanguage, pickText, type LanguageText } from '../i18n/languages.ts'
import type { View } from './view.ts'

/** A text in the reader's language if there is one, else in another, marked with its language. */
export function Text({ view, text, original }: { view: View; text: LanguageText; original?: string }) {
  const picked = pickText(text, view.language, original)
  if (picked === undefined) return null
  return picked.language === view.language ? <>{picked.text}</> : <span lang={htmlLanguage[picked.language]}>{picked.text}</span>
}

/** A date of the record in words, with the exact form for machines. */
export function EdtfDate({ view, date, from }: { view: View; date: string | null; from?: string | null }) {
  if (date === null) return <span class="quiet">{view.say('date.unknown')}</span>
  const words = formatEdtf(date, view.language, view.say)
  return /^\d{4}(-\d\d){0,2}$/.test(date) ? <time datetime={date}>{words}</time> : <time datetime={from ?? undefined}>{words}</time>
}

/** A small mark beside a thing: its kind or its state. */
export function Badge({ children, tone }: { children: string; tone?: 'on' | 'warn' }) {
  return <span class={tone ? `tag ${tone}` : 'tag'}>{children}</span>
}
