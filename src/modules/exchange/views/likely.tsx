import { Text } from '../../../platform/ui/text.tsx'
import type { Likely } from '../actions/likely.ts'
import { Concepts, Owner, State, type ExchangeView, type Names } from './parts.tsx'

const mostWords = 8

/** Listings that may be the same as this one, each with what they share, for who sends and reviews it. */
export function LikelyTheSame({ view, say, likely, names }: ExchangeView & { likely: readonly Likely[]; names: Names }) {
  if (likely.length === 0) return null
  return (
    <div class="note warn" role="status">
      <b>{say('likely.title')}</b>
      <span>{say('likely.lead')}</span>
      <ul class="rows">
        {likely.map((each) => (
          <li>
            <a href={view.link(`/listings/${each.id}`)}>
              <Text view={view} text={each.title} original={each.original} />
            </a>{' '}
            <small>
              {each.number !== null && `${each.number} · `}
              <Owner view={view} of={each} />
            </small>{' '}
            <State say={say} listing={each} />
            {each.concepts.length > 0 && (
              <p class="small">
                {say('likely.concepts')} <Concepts view={view} keys={each.concepts} names={names} />
              </p>
            )}
            {each.words.length > 0 && (
              <p class="small">
                {say('likely.words')} {each.words.slice(0, mostWords).join(' · ')}
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
