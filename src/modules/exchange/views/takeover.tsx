import type { ListingProps } from './listing.tsx'

/** Of a listing from published sources: the one of the organization itself that takes its place, or the button with which it takes it over. */
export function Takeover({ view, say, listing, takeover, fresh }: ListingProps) {
  if (takeover === undefined) return null
  if (takeover.listing !== null)
    return (
      <p>
        {listing.state === 'closed' && say('takeover.instead')} <a href={view.link(`/listings/${takeover.listing}`)}>{say('takeover.own')}</a>
      </p>
    )
  if (!takeover.may || listing.state !== 'published') return null
  return (
    <>
      <p>{say('takeover.lead')}</p>
      <form method="post" action={view.link(`/listings/${listing.id}/takeover`)}>
        <input type="hidden" name="id" value={fresh} />
        <button class="btn">{say('takeover.button')}</button>
      </form>
    </>
  )
}
