import { htmlLanguage, pickText, type LanguageText } from '../../../platform/i18n/languages.ts'
import { labelGap, type Label } from '../../../platform/ui/geo/labels.ts'
import type { View } from '../../../platform/ui/view.ts'
import type { MapInput } from '../schema.ts'

/** The address of the map with these choices. */
export function mapAddress(view: View, choices: Partial<MapInput>): string {
  const { what, kind, country, area, place } = choices
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ what, kind, country, area })) if (value !== undefined) query.set(name, value)
  // Keys of places hold nothing but letters, digits and hyphens, and their commas need no escape.
  const parts = [query.toString(), place === undefined ? '' : `place=${place}`].filter(Boolean).join('&')
  return `${view.link('/map')}${parts === '' ? '' : `?${parts}`}`
}

/** The address of what is on record at some places. */
export const placeAddress = (view: View, choices: Partial<MapInput> & { place: string }): string => `${mapAddress(view, choices)}#place`

/** A name as the reader's language has it, with the language it is in if that is another. */
export function nameOf(view: View, names: LanguageText): { text: string; lang: string | undefined } {
  const picked = pickText(names, view.language)
  return { text: picked?.text ?? '', lang: picked === undefined || picked.language === view.language ? undefined : htmlLanguage[picked.language] }
}

/** The name of a mark beside it; one that has no room on a narrow screen is left out there. */
export function MarkLabel({
  text,
  lang,
  label,
  halfWidth,
  halfHeight,
}: {
  text: string
  lang: string | undefined
  label: Label
  halfWidth: number
  halfHeight: number
}) {
  const at = {
    right: { x: halfWidth + labelGap, dy: '.35em', 'text-anchor': 'start' },
    left: { x: -halfWidth - labelGap, dy: '.35em', 'text-anchor': 'end' },
    below: { y: halfHeight, dy: '1em', 'text-anchor': 'middle' },
    above: { y: -halfHeight, dy: '-.3em', 'text-anchor': 'middle' },
  } as const
  return (
    <text {...at[label.side]} lang={lang} class={label.narrow ? undefined : 'roomy'} aria-hidden="true">
      {text}
    </text>
  )
}
