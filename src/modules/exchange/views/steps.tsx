import { Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import type { Verb } from '../rules/lifecycle.ts'
import { labelsOf } from './fields.ts'
import type { ListingProps } from './listing.tsx'

/** The address below a listing at which each verb is done. */
export const nouns: Record<Verb, string> = {
  submit: 'submission',
  send: 'sending',
  recall: 'recall',
  return: 'return',
  publish: 'publication',
  renew: 'renewal',
  match: 'match',
  close: 'closure',
  revise: 'revision',
  withdraw: 'withdrawal',
}

const plain = ['submit', 'send', 'publish', 'match', 'recall'] as const
/** Those that take something away, which a step before tells. */
const weighty = ['revise', 'close', 'withdraw'] as const

type Place = Pick<ListingProps, 'view' | 'say' | 'listing' | 'may'>
const placeOf = ({ view, listing }: Pick<Place, 'view' | 'listing'>, verb: Verb) => view.link(`/listings/${listing.id}/${nouns[verb]}`)

const Version = ({ listing }: Pick<ListingProps, 'listing'>) => <input type="hidden" name="version" value={String(listing.version)} />

/** Steps that are not gone back from, each with what it means before its button. */
function Weighty({ view, say, listing, may }: Place) {
  return (
    <>
      {weighty
        .filter((verb) => may.verbs.includes(verb))
        .map((verb) => (
          <details class="folded">
            <summary>{say(`verb.${verb}`)}</summary>
            <p class="small">{say(`verb.${verb}-means`)}</p>
            <form method="post" action={placeOf({ view, listing }, verb)}>
              <Version listing={listing} />
              <button class={verb === 'revise' ? 'btn quiet' : 'btn end'}>{say(`verb.${verb}-yes`)}</button>
            </form>
          </details>
        ))}
    </>
  )
}

function Return({ view, say, listing, issues, typed }: ListingProps) {
  return (
    <Form action={placeOf({ view, listing }, 'return')}>
      <Version listing={listing} />
      <Field
        view={view}
        issues={issues}
        name="reason"
        label={say('listing.reason')}
        hint={say('listing.reason-hint')}
        value={typed['reason']}
        maxLength={2000}
        lines={3}
        required
      />
      <button class="btn quiet">{say('verb.return')}</button>
    </Form>
  )
}

/** What this reader may do with the listing now. */
export function Steps(props: ListingProps) {
  const { view, say, listing, may, issues, typed } = props
  if (!may.write && may.verbs.length === 0) return null
  const at = (verb: Verb) => placeOf({ view, listing }, verb)
  const isSubmitAlone = (verb: Verb) => verb !== 'submit' || !may.verbs.includes('send')
  const labels = labelsOf(say)
  return (
    <>
      {listing.reason !== null && (
        <div class="note bad" role="status">
          <b>{say('listing.returned-because')}</b>
          <span>{listing.reason}</span>
        </div>
      )}
      {may.desk && listing.state === 'desk-review' && <p class="small">{say('listing.review-lead')}</p>}
      <IssueSummary
        view={view}
        issues={issues}
        labels={{ ...labels, text: say('confidential.title'), reason: say('listing.reason'), until: say('listing.valid_until') }}
      />
      {issues.some(({ path }) => path in labels) && may.write && (
        <p>
          <a href={view.link(`/listings/${listing.id}/edit`)}>{say('listing.complete')}</a>
        </p>
      )}
      <div class="tools">
        {may.write && <a href={view.link(`/listings/${listing.id}/edit`)}>{say('listing.edit')}</a>}
        {plain
          .filter((verb) => may.verbs.includes(verb) && isSubmitAlone(verb))
          .map((verb) => (
            <form method="post" action={at(verb)}>
              <Version listing={listing} />
              <button class="btn">{say(`verb.${verb}`)}</button>
            </form>
          ))}
      </div>
      <Weighty view={view} say={say} listing={listing} may={may} />
      {may.verbs.includes('renew') && (
        <Form action={at('renew')}>
          <Version listing={listing} />
          <Field
            view={view}
            issues={issues}
            name="until"
            label={say('listing.valid_until')}
            type="date"
            value={typed['until'] ?? listing.validUntil ?? ''}
            maxLength={10}
            required
          />
          <button class="btn quiet">{say('verb.renew')}</button>
        </Form>
      )}
      {may.verbs.includes('return') && <Return {...props} />}
    </>
  )
}
