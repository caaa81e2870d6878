import { languageInSentence, countryName, formatNumber } from '../../../platform/i18n/format.ts'
import { Form } from '../../../platform/ui/form.tsx'
import { Badge, Text } from '../../../platform/ui/text.tsx'
import { Owner, pillarWord } from '../../exchange/index.ts'
import type { Explained, Names } from '../actions/explain.ts'
import { unfitReasons } from '../schema.ts'
import type { Introduced } from '../store/introductions.ts'
import type { Match } from '../store/matches.ts'
import { ReasonList, type MatchingView } from './reasons.tsx'

/** Of which listing counterparts are shown, and whether the reader may say that one does not fit. `fresh`: a new id for each form. */
export type Of = { listing: string; maySay: boolean; fresh: () => string }

/** A listing in one line: what it is called, whose it is, from where, in which language it was written. */
export function Headline({ view, say, of }: MatchingView & { of: Pick<Match, 'id' | 'title' | 'original' | 'organization' | 'entry' | 'country' | 'pillar'> }) {
  return (
    <>
      <a href={view.link(`/listings/${of.id}`)}>
        <Text view={view} text={of.title} original={of.original} />
      </a>
      <div>
        <small>
          <Owner view={view} of={of} /> · {countryName(of.country, view.language)} · {pillarWord(view, of.pillar)} ·{' '}
          {say('matches.language', { language: languageInSentence(of.original, view.language) })}
        </small>
      </div>
    </>
  )
}

const percent = (score: number) => Math.round(score * 100)

/** Counterparts in their order, each with its reasons. */
export function MatchList({
  view,
  say,
  matches,
  names,
  of,
  short,
}: MatchingView & { matches: readonly Explained<Match>[]; names: Names; of: Of; short?: boolean }) {
  return (
    <ol class="hits">
      {matches.map((match) => (
        <li id={match.id}>
          <Headline view={view} say={say} of={match} />
          <div>
            <small>{say('matches.strength', { n: formatNumber(percent(match.score), view.language) })}</small>{' '}
            {of.maySay && match.isNew && match.aside === null && <Badge tone="on">{say('matches.new')}</Badge>}
            {of.maySay && match.done !== null && <Badge>{say(`done.${match.done}`)}</Badge>}
            {match.aside !== null && <Badge>{say('feedback.aside', { reason: say(`unfit-reason.${match.aside}`) })}</Badge>}
          </div>
          {match.aside === null && <ReasonList view={view} say={say} of={match} names={names} {...(short && { most: 3 })} />}
          {of.maySay && <Feedback view={view} say={say} match={match} of={of} />}
        </li>
      ))}
    </ol>
  )
}

function Feedback({ view, say, match, of }: MatchingView & { match: Match; of: Of }) {
  const action = view.link(`/listings/${of.listing}/matches/${match.id}/feedback`)
  if (match.said !== null)
    return (
      <form method="post" action={`${action}/end`}>
        <button class="btn quiet">{say('feedback.undo')}</button>
      </form>
    )
  if (match.aside !== null) return null
  const field = `reason-${match.id}`
  return (
    <details>
      <summary>{say('feedback.say')}</summary>
      <p class="small">{say('feedback.note')}</p>
      <Form action={action}>
        <input type="hidden" name="id" value={of.fresh()} />
        <div class="field">
          <label for={field}>{say('feedback.reason')}</label>
          <select id={field} name="reason">
            {unfitReasons.map((reason) => (
              <option value={reason}>{say(`unfit-reason.${reason}`)}</option>
            ))}
          </select>
        </div>
        <button class="btn quiet">{say('feedback.say')}</button>
      </Form>
    </details>
  )
}

/** What the secretariat brought together with a listing by hand. */
export function Introductions({ view, say, introduced }: MatchingView & { introduced: readonly Introduced[] }) {
  if (introduced.length === 0) return null
  return (
    <ul class="hits">
      {introduced.map((each) => (
        <li>
          <div>
            <Badge tone="on">{say('introduction.by')}</Badge>
          </div>
          <Headline view={view} say={say} of={each} />
          <p>{each.note}</p>
        </li>
      ))}
    </ul>
  )
}
