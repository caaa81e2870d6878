import { formatNumber } from '../../../platform/i18n/format.ts'
import type { Listing } from '../store/listings.ts'
import type { Figures } from '../store/figures.ts'
import type { ExchangeView } from './parts.tsx'

/** How far a listing reaches, for the organization whose it is and nobody else. */
export function ReachFigures({ view, say, listing, figures }: ExchangeView & { listing: Listing; figures: Figures | undefined }) {
  const { organization } = listing
  if (figures === undefined || organization === null) return null
  const number = (n: number) => formatNumber(n, view.language)
  return (
    <>
      <h2>{say('figures.title')}</h2>
      <dl class="facts">
        <dt>{say('figures.views')}</dt>
        <dd>{say('figures.views-of', { n: number(figures.views), lately: number(figures.lately) })}</dd>
        <dt>{say('interest.title')}</dt>
        <dd>
          <a href={view.link(`/members/${organization.key}/interests`)}>
            {say('figures.interests-of', { n: number(figures.interests), open: number(figures.open) })}
          </a>
        </dd>
      </dl>
      <p class="small">{say('figures.lead')}</p>
    </>
  )
}
