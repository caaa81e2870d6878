import { formatDay, formatNumber } from '../../../platform/i18n/format.ts'
import { htmlLanguage, languageNames, languages, pickText, type Language, type LanguageText } from '../../../platform/i18n/languages.ts'
import type { Issue } from '../../../platform/errors.ts'
import { Field } from '../../../platform/ui/form.tsx'
import { Badge, Text } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import { unitWord } from '../../exchange/index.ts'
import type { ConceptName } from '../../vocabulary/index.ts'
import type { CallState } from '../schema/terms.ts'
import type { Listed } from '../store/lists.ts'
import type { CallsSay } from '../text/index.ts'

/** What views of calls are given. */
export type CallsView = { view: View; say: CallsSay }
/** What concepts are called for this reader. */
export type Names = ReadonlyMap<string, Pick<ConceptName, 'text' | 'language'>>
/** What stands in the fields of a form: boxes of the same name are several. */
export type Typed = Partial<Record<string, string[]>>
export const one = (typed: Typed, name: string): string | undefined => typed[name]?.[0]

/** A form as it is shown again: what was typed, and what is wrong with it. */
export type Part = CallsView & { typed: Typed; issues: readonly Issue[] }

export const dayOf = (view: View, day: string | Date | null): string =>
  day === null ? '–' : formatDay(typeof day === 'string' ? day : day.toISOString().slice(0, 10), view.language)

export const quantity = (view: View, amount: number, unit: string): string => `${formatNumber(amount, view.language)} ${unitWord(unit, view.language)}`

/** Who calls: a member, or the network itself. */
export function Caller({ view, of: { organization, networkName } }: { view: View; of: Pick<Listed, 'organization' | 'networkName'> }) {
  if (organization === null) return <Text view={view} text={networkName} />
  return (
    <a href={view.link(`/members/${organization.key}`)}>
      <Text view={view} text={organization.name} original={organization.original} />
    </a>
  )
}

const tones: Partial<Record<CallState, 'on' | 'warn'>> = { open: 'on', requested: 'warn', returned: 'warn', due: 'warn' }

/** How a call stands; of a closed one, how it ended. */
export function State({ say, call: { state, outcome } }: { say: CallsSay; call: Pick<Listed, 'state' | 'outcome'> }) {
  const words = outcome === null ? say(`state.${state}`) : say(`outcome.${outcome}`)
  const tone = outcome === 'met' ? 'on' : tones[state]
  return tone === undefined ? <Badge>{words}</Badge> : <Badge tone={tone}>{words}</Badge>
}

/** A text as it was typed, line by line, in the reader's language or in another. */
export function Paragraphs({ view, text, original }: { view: View; text: LanguageText; original: string | undefined }) {
  const picked = pickText(text, view.language, original)
  if (picked === undefined) return null
  const lang = picked.language === view.language ? undefined : htmlLanguage[picked.language]
  return (
    <>
      {picked.text.split(/\n+/).map((line) => (
        <p lang={lang}>{line}</p>
      ))}
    </>
  )
}

type InLanguages = Part & { name: string; label: string; original: Language; maxLength: number; lines?: number; hint?: string; more: string }

/** A text once for each language: that of the original in sight, the others to be opened. */
export function TextFields({ original, more, ...part }: InLanguages) {
  const others = languages.filter((each) => each !== original)
  const isOpen = others.some(
    (language) => part.issues.some(({ path }) => path === `${part.name}_${language}`) || one(part.typed, `${part.name}_${language}`) !== undefined,
  )
  return (
    <>
      <InLanguage {...part} language={original} required />
      <details open={isOpen}>
        <summary>{more}</summary>
        {others.map((language) => (
          <InLanguage {...part} language={language} required={false} />
        ))}
      </details>
    </>
  )
}

function InLanguage({
  view,
  typed,
  issues,
  name,
  label,
  language,
  maxLength,
  lines = 1,
  hint,
  required,
}: Omit<InLanguages, 'original' | 'more'> & { language: Language; required: boolean }) {
  const field = `${name}_${language}`
  return (
    <Field
      view={view}
      issues={issues}
      name={field}
      label={`${label} (${languageNames[language]})`}
      value={one(typed, field)}
      maxLength={maxLength}
      lines={lines}
      required={required}
      {...(hint !== undefined && required && { hint })}
    />
  )
}

/** Names of the fields of a text, for the summary of what is wrong. */
export const labelsIn = (name: string, label: string): Record<string, string> =>
  Object.fromEntries(languages.map((language) => [`${name}_${language}`, `${label} (${languageNames[language]})`]))
