import { languageInSentence } from '../../../platform/i18n/format.ts'
import { lacks } from '../rules/translated.ts'
import type { Listing } from '../store/listings.ts'
import type { Translation } from '../store/translations.ts'
import type { ExchangeView } from './parts.tsx'

/** How a listing is shown to readers of another language. `isOn`: there is a service that translates. */
export type Translating = { isOn: boolean; made: Translation | undefined; wantsOriginal: boolean }

/** In which language the texts are, who put them into this one, and where the others are; nothing when all is in the reader's. */
export function LanguageNote({ view, say, listing, translating }: ExchangeView & { listing: Listing; translating: Translating }) {
  const { isOn, made, wantsOriginal } = translating
  const { original } = listing
  const here = `/listings/${listing.id}`
  const language = languageInSentence(original, view.language)
  if (original === view.language) return null
  const isMissing = lacks(listing, view.language)
  if (!wantsOriginal && isMissing && made?.state === 'done')
    return (
      <div class="note" role="note">
        <b>{say('translation.machine', { language })}</b>
        <span>
          {say('translation.machine-lead')} <a href={view.link(`${here}?original`)}>{say('translation.original')}</a>
        </span>
      </div>
    )
  const back = <a href={view.link(here)}>{say(isMissing ? 'translation.show' : 'translation.version')}</a>
  if (wantsOriginal)
    return (
      <p class="small">
        {say('listing.other-language', { language })} {(made?.state === 'done' || !isMissing) && back}
      </p>
    )
  if (!isMissing)
    return (
      <p class="small">
        {say('listing.not-original', { language })} <a href={view.link(`${here}?original`)}>{say('translation.original')}</a>
      </p>
    )
  return (
    <p class="small">
      {say('listing.other-language', { language })} {isOn && say(made?.state === 'failed' ? 'translation.failed' : 'translation.asked')}
    </p>
  )
}
