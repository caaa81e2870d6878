import type { Issue } from '../../../platform/errors.ts'
import { htmlLanguage, languageNames, languages, pickText, type Language } from '../../../platform/i18n/languages.ts'
import { Choices, Several } from '../../../platform/ui/choices.tsx'
import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Text } from '../../../platform/ui/text.tsx'
import { memberInputs } from '../../members/index.ts'
import { bodyLength, soughtLength, textField, titleLength } from '../schema/listings.ts'
import type { Listing } from '../store/listings.ts'
import { labelsOf, optionsOf } from './fields.ts'
import type { ExchangeView, Names } from './parts.tsx'
import { Saved } from './autosave.tsx'
import { Readers, Terms } from './edit-terms.tsx'
import { Stale } from './stale.tsx'
import { isOf, one, type Typed } from './typed.ts'

export type EditProps = ExchangeView & {
  listing: Pick<Listing, 'id' | 'version' | 'reason' | 'title' | 'original'>
  typed: Typed
  /** What is saved, in the same fields. */
  saved: Typed
  issues: readonly Issue[]
  /** Concepts to choose among: those confirmed, and those suggested. */
  offered: readonly string[]
  names: Names
  stale?: boolean
  done?: boolean
}

/** What each part of the form is given. */
export type Part = Pick<EditProps, 'view' | 'say' | 'typed' | 'issues'>

/** A listing as its people write it. What is asked for is said for its pillar; a save keeps it as a draft. */
export function EditPage(props: EditProps) {
  const { view, say, listing, typed, issues, stale, done } = props
  const part: Part = { view, say, typed, issues }
  return (
    <Layout
      view={view}
      title={say('listing.edit-of', { title: pickText(listing.title, view.language, listing.original)?.text ?? '' })}
      unlisted
      autosave
      suggests
    >
      <section class="stack">
        <p class="kicker">
          <a href={view.link(`/listings/${listing.id}`)}>{say('listing.back')}</a> › {say('listing.edit')}
        </p>
        <h1>
          <Text view={view} text={listing.title} original={listing.original} />
        </h1>
        {listing.reason !== null && (
          <div class="note bad" role="status">
            <b>{say('listing.returned-because')}</b>
            <span>{listing.reason}</span>
          </div>
        )}
        {done && issues.length === 0 && (
          <div class="note good" role="status">
            <b>{say('listing.saved')}</b>
          </div>
        )}
        {stale && <Stale {...props} />}
        <IssueSummary view={view} issues={issues} labels={labelsOf(say)} />
        {/* What somebody else wrote meanwhile is overwritten by a click only. */}
        <Form action={view.link(`/listings/${listing.id}/edit`)} autosave={stale ? undefined : { key: listing.id, saved: done === true }}>
          <input type="hidden" name="version" value={String(listing.version)} />
          <Kind {...part} />
          <Words {...part} />
          <About {...props} />
          <Terms {...part} />
          <Readers {...part} />
          <button class="btn">{say('listing.save')}</button>
          <Saved say={say} />
        </Form>
      </section>
    </Layout>
  )
}

function Kind({ view, say, typed, issues }: Part) {
  const named = { view, issues }
  const options = optionsOf({ view, say })
  return (
    <>
      <Choices {...named} name="direction" label={say('listing.direction')} value={one(typed, 'direction')} options={options.direction} />
      <Choice {...named} name="pillar" label={say('listing.pillar')} value={one(typed, 'pillar')} options={options.pillar} required />
      <Choice
        {...named}
        name="original"
        label={say('listing.original')}
        hint={say('listing.original-hint')}
        value={one(typed, 'original')}
        options={options.original}
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
  const isOpen = others.some((language) => issues.some(({ path }) => path.endsWith(`_${language}`)) || (one(typed, textField('title', language)) ?? '') !== '')
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
        <Several
          view={view}
          issues={issues}
          name="concepts"
          label={say('listing.concepts-confirm')}
          needed={say('listing.needed')}
          options={options}
          values={typed['concepts'] ?? []}
        />
      )}
      <Field
        view={view}
        issues={options.length > 0 ? issues : issues.map((issue) => (issue.path === 'concepts' ? { ...issue, path: 'about' } : issue))}
        name="about"
        label={say('listing.about')}
        hint={say('listing.about-hint')}
        value={one(typed, 'about')}
        maxLength={200}
        {...(options.length === 0 && { needed: say('listing.needed') })}
      />
    </>
  )
}
