import type { Language } from '../../../platform/i18n/languages.ts'

/** The three ways in which SKOS labels a concept: as it is called, as it is also called, and what is only found. */
export const labelKinds = ['preferred', 'alternative', 'hidden'] as const
export type LabelKind = (typeof labelKinds)[number]

export type Label = { language: Language; kind: LabelKind; text: string }
export type Code = { register: string; code: string }

/** A concept as a file or a form has it; others are named by their keys. */
export type ConceptDraft = {
  key: string
  /** The key of the top concept of its file, or of its scheme. */
  area: string
  labels: Label[]
  broader: string[]
  related: string[]
  codes: Code[]
  note: string | null
}
