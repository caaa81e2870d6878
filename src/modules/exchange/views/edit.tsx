import type { Issue } from '../../../platform/errors.ts'
import { htmlLanguage, languageNames, languages, type Language } from '../../../platform/i18n/languages.ts'
import { Choices, Several } from '../../../platform/ui/choices.tsx'
import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { languageOptions, memberInputs, membersTexts } from '../../members/index.ts'
import { bodyLength, soughtLength, textField, titleLength } from '../schema/listings.ts'
import { audiences, directions, forms, ipStates, stages } from '../schema/terms.ts'
import type { Listing } from '../store/listings.ts'
import { pillarWord, stageWord, type ExchangeView, type Names } from './parts.tsx'
import { isOf, one, type Typed } from './typed.ts'

export type EditProps = ExchangeView & {
  listing: Pick<Listing, 'id' | 'version' | 'reason'>
  typed: Typed
  issues: readonly Issue[]
  /** Concepts to choose among: those confirmed, and those suggested. */
  offered: readonly string[]
  names: Names
  stale?: boolean
  saved?: boolean
}

type Part = Pick<EditProps, 'view' | 'say' | 'typed' | 'issues'>

/** A listing as its people write it. What is asked for is said for its pillar; a save keeps it as a draft. */
export function EditPage(props: EditProps) {
  const { view, say, listing, typed, issues, stale, saved } = props
  const part: Part = { view, say, typed, issues }
  return (
    <Layout view={view} title={say('listing.edit')} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(`/listings/${listing.id}`)}>{say('listing.back')}</a>
        </p>
        <h1>{say('listing.edit')}</h1>
        {listing.reason !== null && (
          <div class="note bad" role="status">
            <b>{say('listing.returned-because')}</b>
            <span>{listing.reason}</span>
          </div>
        )}
        {saved && issues.length === 0 && (
          <div class="note good" role="status">
            <b>{say('listing.saved')}</b>
          </div>
        )}
        {stale && (
          <div class="note bad" role="alert">
            <b>{say('listing.stale')}</b>
          </div>
        )}
        <IssueSummary view={view} issues={issues} labels={labelsOf(say)} />
        <Form action={view.link(`/listings/${listing.id}/edit`)}>
          <input type="hidden" name="version" value={String(listing.version)} />
          <Kind {...part} />
          <Words {...part} />
          <About {...props} />
          <Terms {...part} />
          <Readers {...part} />
          <button class="btn">{say('listing.save')}</button>
        </Form>
      </section>
    </Layout>
  )
}

/** What the fields are called, for the summary of what is wrong. */
export function labelsOf(say: ExchangeView['say']): Record<string, string> {
  const plain = [
    'direction',
    'pillar',
    'original',
    'stage',
    'ip',
    'forms',
    'partner_kinds',
    'authorizations',
    'countries_wanted',
    'countries_excluded',
    'amount',
    'unit',
    'timing',
  ] as const
  const others = ['audience', 'hidden_from', 'valid_until', 'concepts', 'about'] as const
  const texts = (['title', 'body', 'sought'] as const).flatMap((field) =>
    languages.map((language): [string, string] => [textField(field, language), `${say(`listing.${field}`)} (${languageNames[language]})`]),
  )
  return Object.fromEntries([...[...plain, ...others].map((name): [string, string] => [name, say(`listing.${name}`)]), ...texts])
}

function Kind({ view, say, typed, issues }: Part) {
  const named = { view, issues }
  return (
    <>
      <Choices
        {...named}
        name="direction"
        label={say('listing.direction')}
        value={one(typed, 'direction')}
        options={directions.map((value) => ({ value, label: say(`direction.${value}-long`) }))}
      />
      <Choice
        {...named}
        name="pillar"
        label={say('listing.pillar')}
        value={one(typed, 'pillar')}
        options={memberInputs.pillars.map((value) => ({ value, label: pillarWord(view, value) }))}
        required
      />
      <Choice
        {...named}
        name="original"
        label={say('listing.original')}
        hint={say('listing.original-hint')}
        value={one(typed, 'original')}
        options={languageOptions}
        required
      />
    </>
  )
}

/** The texts: those of the original's language in sight, the others to be opened. */
function Words(part: Part) {
  const { say, typed, issues } = part
  const original = languages.find((each) => each === one(typed, 'original')) ?? 'en'
  const others = languages.filter((each) => each !== original)
  const isOpen = others.some((language) => issues.some(({ path }) => path.endsWith(`_${language}`)) || one(typed, textField('title', language)) !== undefined)
  return (
    <>
      <InLanguage {...part} language={original} isOriginal />
      <details open={isOpen}>
        <summary>{say('listing.other-languages')}</summary>
        {others.map((language) => (
          <InLanguage {...part} language={language} />
        ))}
      </details>
    </>
  )
}

function InLanguage({ view, say, typed, issues, language, isOriginal = false }: Part & { language: Language; isOriginal?: boolean }) {
  const field = (name: 'title' | 'body' | 'sought', maxLength: number, lines: number, hint?: string) => (
    <Field
      view={view}
      issues={issues}
      name={textField(name, language)}
      label={`${say(`listing.${name}`)} (${languageNames[language]})`}
      value={one(typed, textField(name, language))}
      maxLength={maxLength}
      lines={lines}
      required={isOriginal && name !== 'sought'}
      {...(hint !== undefined && isOriginal && { hint })}
    />
  )
  const pillar = memberInputs.pillars.find((each) => each === one(typed, 'pillar')) ?? 'research'
  const direction = isOf(typed, 'direction', 'need') ? 'need' : 'offer'
  return (
    <div lang={htmlLanguage[view.language]}>
      {field('title', titleLength, 1, say('listing.title-hint'))}
      {field('body', bodyLength, 8, say(`guide.${direction}.${pillar}`))}
      {field('sought', soughtLength, 3, say(`listing.sought-hint.${direction}`))}
    </div>
  )
}

/** What it is about: concepts confirmed, and those suggested from the words. */
function About({ view, say, typed, issues, offered, names }: EditProps) {
  const options = offered.map((value) => ({ value, label: names.get(value)?.text ?? value }))
  return (
    <>
      {options.length > 0 && (
        <Several view={view} issues={issues} name="concepts" label={say('listing.concepts-confirm')} options={options} values={typed['concepts'] ?? []} />
      )}
      <Field
        view={view}
        issues={options.length > 0 ? issues : issues.map((issue) => (issue.path === 'concepts' ? { ...issue, path: 'about' } : issue))}
        name="about"
        label={say('listing.about')}
        hint={say('listing.about-hint')}
        value={one(typed, 'about')}
        maxLength={200}
      />
    </>
  )
}

function Terms({ view, say, typed, issues }: Part) {
  const named = { view, issues }
  const countries = (name: 'authorizations' | 'countries_wanted' | 'countries_excluded') => (
    <Field {...named} name={name} label={say(`listing.${name}`)} hint={say('listing.countries-hint')} value={one(typed, name)} maxLength={1000} />
  )
  const kinds = membersTexts[view.language]
  const anything = view.say('form.choose')
  return (
    <>
      <Choice
        {...named}
        name="stage"
        label={say('listing.stage')}
        value={one(typed, 'stage')}
        options={stages.map((value) => ({ value, label: stageWord(say, value) }))}
        none={anything}
      />
      <Choice
        {...named}
        name="ip"
        label={say('listing.ip')}
        value={one(typed, 'ip')}
        options={ipStates.map((value) => ({ value, label: say(`ip.${value}`) }))}
        none={anything}
      />
      {countries('authorizations')}
      <Field {...named} name="amount" label={say('listing.amount')} value={one(typed, 'amount')} maxLength={20} />
      <Field {...named} name="unit" label={say('listing.unit')} hint={say('listing.unit-hint')} value={one(typed, 'unit')} maxLength={60} />
      <Several
        {...named}
        name="forms"
        label={say('listing.forms')}
        options={forms.map((value) => ({ value, label: say(`form.${value}`) }))}
        values={typed['forms'] ?? []}
      />
      <Several
        {...named}
        name="partner_kinds"
        label={say('listing.partner_kinds')}
        options={memberInputs.organizationKinds.map((value) => ({ value, label: kinds(`kind.${value}`) }))}
        values={typed['partner_kinds'] ?? []}
      />
      {countries('countries_wanted')}
      {countries('countries_excluded')}
      <Field {...named} name="timing" label={say('listing.timing')} hint={say('listing.timing-hint')} value={one(typed, 'timing')} maxLength={500} />
      <Field
        {...named}
        name="valid_until"
        label={say('listing.valid_until')}
        hint={say('listing.valid_until-hint')}
        type="date"
        value={one(typed, 'valid_until')}
        maxLength={10}
      />
    </>
  )
}

/** Who sees it once it is published. */
function Readers({ view, say, typed, issues }: Part) {
  const options = audiences.map((value) => ({ value, label: say(`audience.${value}`) }))
  return (
    <>
      <Choices view={view} issues={issues} name="audience" label={say('listing.audience')} value={one(typed, 'audience')} options={options} />
      <Field
        view={view}
        issues={issues}
        name="hidden_from"
        label={say('listing.hidden_from')}
        hint={say('listing.hidden_from-hint')}
        value={one(typed, 'hidden_from')}
        maxLength={2000}
      />
    </>
  )
}
