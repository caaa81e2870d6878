import { languages, type Language } from '../../../platform/i18n/languages.ts'
import type { ConceptDraft } from './draft.ts'
import { labelKey, preferredIn } from './labels.ts'
import { isCode } from './registers.ts'

export const problemKinds = [
  'no-label',
  'no-preferred',
  'wrong-script',
  'long',
  'not-nfc',
  'no-broader',
  'unknown-concept',
  'itself',
  'circular',
  'wrong-code',
  'key-twice',
  'label-twice',
  'label-shared',
] as const
export type ProblemKind = (typeof problemKinds)[number]
/** One thing wrong with a concept: which, and what it is about. */
export type Problem = { key: string; area: string; kind: ProblemKind; detail: string }

const han = /\p{Script=Han}/u
const longest = 120

/** All that is wrong with concepts that stand together as one vocabulary. */
export function examineConcepts(drafts: readonly ConceptDraft[]): Problem[] {
  const byKey = new Map(drafts.map((draft) => [draft.key, draft]))
  return [
    ...repeated(drafts),
    ...drafts.flatMap((draft) => [...labelProblems(draft), ...relationProblems(draft, byKey), ...codeProblems(draft)]),
    ...sharedLabels(drafts, byKey),
    ...circles(drafts, byKey),
  ]
}

const problem = ({ key, area }: ConceptDraft, kind: ProblemKind, detail = ''): Problem => ({ key, area, kind, detail })

function repeated(drafts: readonly ConceptDraft[]): Problem[] {
  const seen = new Set<string>()
  return drafts.filter(({ key }) => seen.size === seen.add(key).size).map((draft) => problem(draft, 'key-twice'))
}

function labelProblems(draft: ConceptDraft): Problem[] {
  const missing = languages.flatMap((language) => {
    const own = draft.labels.filter((label) => label.language === language)
    if (own.length === 0) return [problem(draft, 'no-label', language)]
    return preferredIn(own, language) === undefined ? [problem(draft, 'no-preferred', language)] : []
  })
  const texts = draft.labels.flatMap(({ language, kind, text }) => [
    ...(isForeign(language, text, kind) ? [problem(draft, 'wrong-script', `${language} ${text}`)] : []),
    ...(text.length > longest ? [problem(draft, 'long', `${language} ${text}`)] : []),
    ...(text !== text.normalize('NFC') ? [problem(draft, 'not-nfc', `${language} ${text}`)] : []),
  ])
  const keys = draft.labels.map(({ language, text }) => `${language} ${labelKey(text, language)}`)
  const twice = keys.filter((each, index) => keys.indexOf(each) !== index).map((each) => problem(draft, 'label-twice', each))
  return [...missing, ...texts, ...twice]
}

/** Han stands in Chinese alone. There the preferred label has some, unless the field knows the thing by an abbreviation; alternatives may be Latin names. */
function isForeign(language: Language, text: string, kind: string): boolean {
  if (language !== 'zh') return han.test(text)
  return kind === 'preferred' && !han.test(text) && !/^[\p{Lu}\p{N}][\p{L}\p{N}\- ]{0,19}$/u.test(text)
}

function relationProblems(draft: ConceptDraft, byKey: ReadonlyMap<string, ConceptDraft>): Problem[] {
  const named = [...draft.broader, ...draft.related]
  return [
    ...(draft.broader.length === 0 && draft.key !== draft.area ? [problem(draft, 'no-broader')] : []),
    ...named.filter((key) => key === draft.key).map(() => problem(draft, 'itself')),
    ...named.filter((key) => !byKey.has(key)).map((key) => problem(draft, 'unknown-concept', key)),
  ]
}

const codeProblems = (draft: ConceptDraft): Problem[] =>
  draft.codes.filter(({ register, code }) => !isCode(register, code)).map(({ register, code }) => problem(draft, 'wrong-code', `${register}:${code}`))

/** Two concepts with the same label in one language, unless both say so in their note, or one is above the other. */
function sharedLabels(drafts: readonly ConceptDraft[], byKey: ReadonlyMap<string, ConceptDraft>): Problem[] {
  const owners = new Map<string, ConceptDraft>()
  const problems: Problem[] = []
  const saysSo = ({ note }: ConceptDraft) => /shared:/.test(note ?? '')
  for (const draft of drafts)
    for (const { language, text } of draft.labels) {
      const name = `${language} ${labelKey(text, language)}`
      const other = owners.get(name)
      if (other && other !== draft && !(saysSo(draft) && saysSo(other)) && !isAbove(draft.key, other, byKey) && !isAbove(other.key, draft, byKey))
        problems.push(problem(draft, 'label-shared', `${language} ${text}: ${other.key}`))
      else owners.set(name, draft)
    }
  return problems
}

function isAbove(key: string, from: ConceptDraft, byKey: ReadonlyMap<string, ConceptDraft>): boolean {
  const seen = new Set<string>()
  for (const open = [...from.broader]; open.length > 0;) {
    const next = open.pop() ?? ''
    if (next === key) return true
    if (seen.has(next)) continue
    seen.add(next)
    open.push(...(byKey.get(next)?.broader ?? []))
  }
  return false
}

const circles = (drafts: readonly ConceptDraft[], byKey: ReadonlyMap<string, ConceptDraft>): Problem[] =>
  drafts.filter((draft) => isAbove(draft.key, draft, byKey)).map((draft) => problem(draft, 'circular'))
