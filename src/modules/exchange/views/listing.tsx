import type { Child } from 'hono/jsx'
import type { Issue } from '../../../platform/errors.ts'
import { countryName, formatNumber } from '../../../platform/i18n/format.ts'
import { htmlLanguage, pickText, type LanguageText } from '../../../platform/i18n/languages.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Badge } from '../../../platform/ui/text.tsx'
import { membersTexts, nameIn } from '../../members/index.ts'
import type { Source } from '../../record/index.ts'
import type { Likely } from '../actions/likely.ts'
import type { Verb } from '../rules/lifecycle.ts'
import type { Attachment } from '../store/attachments.ts'
import type { Undertaking } from '../store/confidential.ts'
import type { Listing } from '../store/listings.ts'
import { Attachments } from './attachments.tsx'
import { unitWord } from '../rules/units.ts'
import { inOriginal, withTranslation } from '../rules/translated.ts'
import type { Figures } from '../store/figures.ts'
import type { Sender } from '../store/interests.ts'
import { Confidential } from './confidential.tsx'
import { LikelyTheSame } from './likely.tsx'
import { Concepts, dayOf, Owner, Paragraphs, pillarWord, stageWord, State, type ExchangeView, type Names } from './parts.tsx'
import { Express } from './express.tsx'
import { Takeover } from './takeover.tsx'
import { LanguageNote, type Translating } from './translated.tsx'
import { ReachFigures } from './figures.tsx'
import { Steps } from './steps.tsx'

export type ListingProps = ExchangeView & {
  listing: Listing
  names: Names
  sources: readonly Source[]
  may: { write: boolean; keep: boolean; verbs: readonly Verb[]; desk: boolean }
  likely: readonly Likely[]
  attachments: readonly Attachment[]
  undertakings: readonly Undertaking[]
  /** What other modules show beside it. */
  sections: Child[]
  /** For which organizations the reader may say that they are interested. */
  senders: readonly Sender[]
  translating: Translating
  /** Of one from published sources. */
  takeover: { listing: string | null; may: boolean } | undefined
  /** For its own people. */
  figures: Figures | undefined
  issues: readonly Issue[]
  typed: Record<string, string | undefined>
  /** Somebody else was quicker than what was typed. */
  stale: boolean
  /** A new id for a form that makes something. */
  fresh: string
}

/** An offer or a need, for whoever may read it. */
export function ListingPage(props: ListingProps) {
  const { view, say, names, sources } = props
  const listing = inReach(props)
  const { title, original, organization, entry } = listing
  const shown = pickText(title, view.language, original)
  const by =
    organization === null
      ? nameIn(withoutOriginal(entry?.name ?? {}), view.language, entry?.name.original)
      : nameIn(organization.name, view.language, organization.original)
  const isListed = listing.isPublic && listing.publishedAt !== null
  return (
    <Layout
      view={view}
      title={shown?.text ?? ''}
      description={`${say(`direction.${listing.direction}`)} · ${by}`}
      unlisted={!isListed}
      suggests={props.may.keep && listing.confidential !== null}
    >
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/exchange')}>{say('exchange.title')}</a> › {listing.number ?? say(`state.${listing.state}`)}
        </p>
        <h1 lang={shown && shown.language !== view.language ? htmlLanguage[shown.language] : undefined}>{shown?.text}</h1>
        <p class="tags">
          <Badge tone="on">{say(`direction.${listing.direction}`)}</Badge> <Badge>{pillarWord(view, listing.pillar)}</Badge>{' '}
          <State say={say} listing={listing} />
        </p>
        <p>
          <Owner view={view} of={listing} /> · {countryName(listing.country, view.language)}
        </p>
        {listing.origin === 'record' && (
          <div class="note">
            <b>{say('listing.derived-note')}</b>
          </div>
        )}
        {props.stale && (
          <div class="note bad" role="alert">
            <b>{say('listing.stale')}</b>
          </div>
        )}
        <Takeover {...props} />
        {['closed', 'expired', 'matched'].includes(listing.state) && (
          <div class="note" role="status">
            <b>{say(`ended.${listing.state as 'closed' | 'expired' | 'matched'}`)}</b>
          </div>
        )}
        <LikelyTheSame {...props} />
        <Steps {...props} />
      </section>
      <section class="two">
        <div class="stack">
          <LanguageNote view={view} say={say} listing={props.listing} translating={props.translating} />
          <Said view={view} say={say} listing={listing} />
          {sources.length > 0 && <Sources view={view} say={say} sources={sources} />}
          <Attachments {...props} mayKeep={props.may.keep} />
          <Confidential {...props} />
          <Express {...props} />
        </div>
        <div class="stack">
          <Facts view={view} say={say} listing={listing} names={names} />
          <ReachFigures view={view} say={say} listing={listing} figures={props.figures} />
        </div>
      </section>
      {props.sections}
    </Layout>
  )
}

/** The listing in the words that this reader is shown. */
function inReach({ view, listing, translating: { made, wantsOriginal } }: ListingProps): Listing {
  if (wantsOriginal) return inOriginal(listing)
  return made?.state === 'done' ? withTranslation(listing, view.language, made) : listing
}

const withoutOriginal = ({ original: _, ...names }: LanguageText & { original?: string }): LanguageText => names

/** Its texts in the reader's language, or as they are. */
function Said({ view, say, listing: { body, sought, original } }: ExchangeView & { listing: Listing }) {
  const [text, wanted] = [pickText(body, view.language, original), pickText(sought, view.language, original)]
  const lang = (picked: { language: keyof typeof htmlLanguage }) => (picked.language === view.language ? undefined : htmlLanguage[picked.language])
  return (
    <>
      {text && <Paragraphs text={text.text} lang={lang(text)} />}
      {wanted && (
        <>
          <h2>{say('listing.sought')}</h2>
          <Paragraphs text={wanted.text} lang={lang(wanted)} />
        </>
      )}
    </>
  )
}

function Facts({ view, say, listing, names }: ExchangeView & { listing: Listing; names: Names }) {
  const countries = (codes: readonly string[]) => codes.map((code) => countryName(code, view.language)).join(' · ')
  const kinds = membersTexts[view.language]
  const amount = listing.amount === null ? '' : `${formatNumber(Number(listing.amount), view.language)} ${unitWord(listing.unit ?? '', view.language)}`
  const facts: [string, string][] = [
    [say('listing.forms'), listing.forms.map((form) => say(`form.${form}`)).join(' · ')],
    [say('listing.stage'), listing.stage === null ? '' : stageWord(say, listing.stage)],
    [say('listing.ip'), listing.ip === null ? '' : say(`ip.${listing.ip}`)],
    [say('listing.authorizations'), countries(listing.authorizations)],
    [say('listing.amount'), amount],
    [say('listing.partner_kinds'), listing.partnerKinds.map((kind) => kinds(`kind.${kind}`)).join(' · ')],
    [say('listing.countries_wanted'), countries(listing.countriesWanted)],
    [say('listing.countries_excluded'), countries(listing.countriesExcluded)],
    [say('listing.timing'), listing.timing ?? ''],
    [say('listing.published'), listing.publishedAt === null ? '' : dayOf(view, listing.publishedAt)],
    [say('listing.valid_until'), listing.validUntil === null ? '' : dayOf(view, listing.validUntil)],
    [say('listing.audience'), listing.isPublic ? '' : say('audience.network')],
    [say('listing.hidden_from'), listing.hiddenFrom.map(({ name, original }) => nameIn(name, view.language, original)).join(' · ')],
  ]
  return (
    <dl class="facts">
      {listing.concepts.length > 0 && (
        <>
          <dt>{say('listing.concepts')}</dt>
          <dd>
            <Concepts view={view} keys={listing.concepts} names={names} />
          </dd>
        </>
      )}
      {facts
        .filter(([, value]) => value.trim() !== '')
        .map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
    </dl>
  )
}

function Sources({ view, say, sources }: ExchangeView & { sources: readonly Source[] }) {
  return (
    <>
      <h2>{say('listing.sources')}</h2>
      <ul class="rows">
        {sources.map(({ key, title, publisher, language }) => (
          <li>
            <a href={view.link(`/sources/${key}`)} lang={language}>
              {title}
            </a>{' '}
            <small>{publisher}</small>
          </li>
        ))}
      </ul>
    </>
  )
}
