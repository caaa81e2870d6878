import { languages } from '../../../platform/i18n/languages.ts'
import { countryName } from '../../../platform/i18n/format.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { Choices, Several } from '../../../platform/ui/choices.tsx'
import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { languageOptions } from '../../members/index.ts'
import { bodyLength, titleLength } from '../schema/calls.ts'
import { audiences, kinds } from '../schema/terms.ts'
import type { Call } from '../store/calls.ts'
import type { CallsSay } from '../text/index.ts'
import { labelsIn, one, TextFields, type Part, type Typed } from './parts.tsx'

export type EditProps = Part & { call: Pick<Call, 'id' | 'version'>; stale?: boolean; saved?: boolean }

/** What the fields are called, for the summary of what is wrong. */
export const labelsOf = (say: CallsSay): Record<string, string> => ({
  kind: say('call.kind'),
  original: say('call.original'),
  countries: say('call.countries'),
  place: say('call.place'),
  deadline: say('call.deadline'),
  audience: say('call.audience'),
  totals: say('call.totals'),
  ...labelsIn('title', say('call.title')),
  ...labelsIn('body', say('call.body')),
})

/** A call as its form shows it; countries by their names. */
export function typedOf(call: Call, language: Language): Typed {
  return {
    kind: [call.kind],
    original: [call.original],
    ...Object.fromEntries(
      (['title', 'body'] as const).flatMap((field) =>
        languages.flatMap((each) => (call[field][each] === undefined ? [] : [[`${field}_${each}`, [call[field][each]]]])),
      ),
    ),
    countries: [call.countries.map((code) => countryName(code, language).replaceAll(/[,，]/g, ' ')).join(', ')],
    place: call.place === null ? [] : [call.place],
    deadline: call.deadline === null ? [] : [call.deadline],
    audience: [call.isPublic ? 'everybody' : 'network'],
    totals: call.showsTotals ? ['shown'] : [],
  }
}

/** A call as it is written before it is opened; a save keeps it as it stands. What is needed is written on pages of its own. */
export function EditPage({ view, say, call, typed, issues, stale, saved }: EditProps) {
  const named = { view, issues }
  const original = languages.find((each) => each === one(typed, 'original')) ?? 'en'
  const texts = { view, say, typed, issues, original, more: say('call.other-languages') }
  return (
    <Layout view={view} title={say('call.edit')} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(`/calls/${call.id}`)}>{say('call.back')}</a>
        </p>
        <h1>{say('call.edit')}</h1>
        {saved && issues.length === 0 && (
          <div class="note good" role="status">
            <b>{say('call.saved')}</b>
          </div>
        )}
        {stale && <Stale say={say} />}
        <IssueSummary view={view} issues={issues} labels={labelsOf(say)} />
        <Form action={view.link(`/calls/${call.id}/edit`)}>
          <input type="hidden" name="version" value={String(call.version)} />
          <Choice
            {...named}
            name="kind"
            label={say('call.kind')}
            value={one(typed, 'kind')}
            options={kinds.map((value) => ({ value, label: say(`call-kind.${value}`) }))}
            required
          />
          <Choice {...named} name="original" label={say('call.original')} value={original} options={languageOptions} required />
          <TextFields {...texts} name="title" label={say('call.title')} maxLength={titleLength} hint={say('call.title-hint')} />
          <TextFields {...texts} name="body" label={say('call.body')} maxLength={bodyLength} lines={8} hint={say('call.body-hint')} />
          <Field {...named} name="countries" label={say('call.countries')} hint={say('call.countries-hint')} value={one(typed, 'countries')} maxLength={1000} />
          <Field {...named} name="place" label={say('call.place')} value={one(typed, 'place')} maxLength={200} />
          <Field
            {...named}
            name="deadline"
            label={say('call.deadline')}
            hint={say('call.deadline-hint')}
            type="date"
            value={one(typed, 'deadline')}
            maxLength={10}
          />
          <Choices
            {...named}
            name="audience"
            label={say('call.audience')}
            value={one(typed, 'audience')}
            options={audiences.map((value) => ({ value, label: say(`audience.${value}`) }))}
          />
          <Several
            {...named}
            name="totals"
            label={say('call.totals')}
            options={[{ value: 'shown', label: say('call.totals-shown') }]}
            values={typed['totals'] ?? []}
          />
          <button class="btn">{say('call.save')}</button>
        </Form>
      </section>
    </Layout>
  )
}

/** Somebody else has changed it since; what was typed stands below. */
export function Stale({ say }: { say: CallsSay }) {
  return (
    <div class="note bad" role="alert">
      <b>{say('call.stale')}</b>
    </div>
  )
}
