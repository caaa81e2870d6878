import { formatDay } from '../../../platform/i18n/format.ts'
import type { Suggest } from '../../../platform/ui/form.tsx'
import { Badge, Text } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import { membersTexts } from '../../members/index.ts'
import type { ConceptName } from '../../vocabulary/index.ts'
import type { ExchangeSay } from '../text/index.ts'
import type { Listed } from '../store/lists.ts'
import type { Listing } from '../store/listings.ts'
import type { Stage } from '../schema/terms.ts'

/** What views of the exchange are given. `names`: what concepts are called for this reader. */
export type ExchangeView = { view: View; say: ExchangeSay }
export type Names = ReadonlyMap<string, Pick<ConceptName, 'text' | 'language'>>

/** Whose listing it is: a member, or an organization of the record that sources speak of. */
export function Owner({ view, of: { organization, entry } }: { view: View; of: Pick<Listed, 'organization' | 'entry'> }) {
  if (organization !== null)
    return (
      <a href={view.link(`/members/${organization.key}`)}>
        <Text view={view} text={organization.name} original={organization.original} />
      </a>
    )
  if (entry === null) return null
  const { original, ...name } = entry.name
  return (
    <a href={view.link(`/organizations/${entry.key}`)}>
      <Text view={view} text={name} {...(original !== undefined && { original })} />
    </a>
  )
}

export const pillarWord = (view: View, pillar: Listing['pillar']): string => membersTexts[view.language](`pillar.${pillar}`)

export const stageWord = (say: ExchangeSay, stage: Stage): string => {
  const level = /^trl-(\d)$/.exec(stage)?.[1]
  return level === undefined ? say(`progress.${stage as Exclude<Stage, `trl-${string}`>}`) : `TRL ${level}`
}

/** How a listing stands, where it is not simply published. */
export function State({ say, listing: { state, origin } }: { say: ExchangeSay; listing: Pick<Listed, 'state' | 'origin'> }) {
  if (origin === 'record') return <Badge>{say('listing.derived')}</Badge>
  const tone = state === 'published' ? 'on' : ['returned', 'own-review', 'desk-review'].includes(state) ? 'warn' : undefined
  return tone === undefined ? <Badge>{say(`state.${state}`)}</Badge> : <Badge tone={tone}>{say(`state.${state}`)}</Badge>
}

/** What a listing is about, in the reader's language: links to what else is. */
export function Concepts({ view, keys, names }: { view: View; keys: readonly string[]; names: Names }) {
  return (
    <>
      {keys.map((key, index) => (
        <>
          <a href={view.link(`/exchange?concept=${key}`)}>{names.get(key)?.text ?? key}</a>
          {index < keys.length - 1 && '\u00a0· '}
        </>
      ))}
    </>
  )
}

/** Members offered by name while somebody types one of them, or several. */
export const membersSuggested = ({ view, say }: ExchangeView, several: boolean): Suggest => ({
  from: view.link('/member-names'),
  several,
  found: say('suggest.found'),
  none: say('suggest.none'),
})

export const dayOf = (view: View, day: string | Date | null): string =>
  day === null ? '–' : formatDay(typeof day === 'string' ? day : day.toISOString().slice(0, 10), view.language)

/** A text as it was typed, line by line. */
export function Paragraphs({ text, lang }: { text: string; lang: string | undefined }) {
  return (
    <>
      {text.split(/\n+/).map((line) => (
        <p lang={lang}>{line}</p>
      ))}
    </>
  )
}
