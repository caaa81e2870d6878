import { countryName } from '../../../platform/i18n/format.ts'
import type { View } from '../../../platform/ui/view.ts'
import { forms, pillarWord, stageWord, type CooperationForm, type Listing, type Stage, exchangeTexts, unitWord } from '../../exchange/index.ts'
import { membersTexts } from '../../members/index.ts'
import type { Explained, Names } from '../actions/explain.ts'
import type { Finding } from '../rules/fit.ts'
import type { Said } from '../rules/reasons.ts'
import type { MatchingSay } from '../text/index.ts'

export type MatchingView = { view: View; say: MatchingSay }

const quoted = (words: readonly string[]) => words.map((word) => `“${word}”`).join(' · ')

/** Why a counterpart fits, and what does not: each so that a person can check it in the two texts. */
export function ReasonList({
  view,
  say,
  of: { reasons, similar, findings },
  names,
  most = 20,
}: MatchingView & { of: Explained<object>; names: Names; most?: number }) {
  const nameOf = (key: string) => names.get(key)?.text ?? key
  const concept = (key: string) => <a href={view.link(`/concepts/${key}`)}>{nameOf(key)}</a>
  const words = (all: readonly string[]) => (all.length === 0 ? say('matches.confirmed') : quoted(all))
  const below = (all: readonly Said[]) => all.map(({ key, words: said }) => `${nameOf(key)} (${quoted(said)})`).join(' · ')
  const [fits, not] = [findings.filter((each) => each.fits), findings.filter((each) => !each.fits)]
  const isBare = reasons.shared.length + reasons.wider.length + reasons.names.length === 0
  const found = [
    ...reasons.shared.map(({ key, here, there }) => (
      <li>
        {concept(key)}
        {' · '}
        <small>
          {say('matches.here', { words: words(here) })} – {say('matches.there', { words: words(there) })}
        </small>
      </li>
    )),
    ...reasons.wider.map(({ key, here, there }) => (
      <li>
        {say('matches.wider', { concept: nameOf(key) })}
        {' · '}
        <small>
          {say('matches.here', { words: below(here) })} – {say('matches.there', { words: below(there) })}
        </small>
      </li>
    )),
    ...(reasons.names.length > 0 ? [<li>{say('matches.names', { names: reasons.names.join(' · ') })}</li>] : []),
    ...(isBare && !similar ? [<li>{say('matches.words-alike')}</li>] : []),
    ...fits.map((finding) => <li>{say(`fit.${finding.what}`, { values: valuesOf(view, finding) })}</li>),
    ...(similar ? [<li>{say('matches.similar', { model: similar.model })}</li>] : []),
  ]
  return (
    <>
      <ul class="small" aria-label={say('matches.reasons')}>
        {found.slice(0, most)}
      </ul>
      {not.length > 0 && (
        <>
          <p class="small">
            <b>{say('matches.against')}</b>
          </p>
          <ul class="small" aria-label={say('matches.against')}>
            {not.map((finding) => (
              <li>{say(`unfit.${finding.what}`, { values: valuesOf(view, finding) })}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

const isForm = (value: string): value is CooperationForm => forms.some((form) => form === value)

/** What the codes of a finding are called for this reader. */
function valuesOf(view: View, { what, values }: Finding): string {
  const exchange = exchangeTexts[view.language]
  const wordOf = (value: string): string => {
    if (what === 'pillar') return pillarWord(view, value as Listing['pillar'])
    if (what === 'form') return isForm(value) ? exchange(`form.${value}`) : value
    if (what === 'stage') return stageWord(exchange, value as Stage)
    if (what === 'amount') return unitWord(value, view.language)
    if (what === 'country' || what === 'authorization') return countryName(value, view.language)
    return what === 'partner' ? membersTexts[view.language](`kind.${value as NonNullable<Listing['partnerKinds'][number]>}`) : value
  }
  return values.map(wordOf).join(' · ')
}
