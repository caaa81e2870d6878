import { languages, type Language } from '../../../platform/i18n/languages.ts'
import { Several } from '../../../platform/ui/choices.tsx'
import { Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { unitWord, unitWords } from '../../exchange/index.ts'
import { itemLength } from '../schema/calls.ts'
import type { Call, Line } from '../store/calls.ts'
import { Stale } from './edit.tsx'
import { labelsIn, one, TextFields, type Names, type Part, type Typed } from './parts.tsx'

export type LineProps = Part & {
  call: Pick<Call, 'id' | 'original'>
  line: string
  version: number
  /** Concepts to choose among: those confirmed, and those suggested. */
  offered: readonly string[]
  names: Names
  stale: boolean
}

/** A line as its form shows it. */
export const typedOfLine = (line: Line | undefined, language: Language): Typed =>
  line === undefined
    ? {}
    : {
        ...Object.fromEntries(languages.flatMap((each) => (line.item[each] === undefined ? [] : [[`item_${each}`, [line.item[each]]]]))),
        amount: [String(line.amount)],
        unit: [unitWord(line.unit, language)],
        concepts: line.concepts,
      }

/** One thing that is needed: what, how much of it, and by which concepts those are found who have it. */
export function LinePage({ view, say, call, line, version, typed, issues, offered, names, stale }: LineProps) {
  const named = { view, issues }
  const labels = {
    ...labelsIn('item', say('line.item')),
    amount: say('line.amount'),
    unit: say('line.unit'),
    concepts: say('line.concepts'),
    about: say('line.about'),
  }
  const options = offered.map((value) => ({ value, label: names.get(value)?.text ?? value }))
  // What is wrong with concepts is told where there is a field.
  const shown = options.length > 0 ? issues : issues.map((issue) => (issue.path === 'concepts' ? { ...issue, path: 'about' } : issue))
  return (
    <Layout view={view} title={say('line.edit')} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(`/calls/${call.id}`)}>{say('call.back')}</a>
        </p>
        <h1>{say('line.edit')}</h1>
        {stale && <Stale say={say} />}
        <IssueSummary view={view} issues={shown} labels={labels} />
        <Form action={view.link(`/calls/${call.id}/lines/${line}`)}>
          <input type="hidden" name="version" value={String(version)} />
          <TextFields
            {...{ view, say, typed, issues, original: call.original }}
            name="item"
            label={say('line.item')}
            maxLength={itemLength}
            hint={say('line.item-hint')}
            more={say('call.other-languages')}
          />
          <Field {...named} name="amount" label={labels.amount} value={one(typed, 'amount')} maxLength={20} required />
          <Field
            {...named}
            name="unit"
            label={labels.unit}
            hint={say('line.unit-hint')}
            value={one(typed, 'unit')}
            maxLength={60}
            choices={unitWords(view.language)}
            required
          />
          {options.length > 0 && <Several {...named} name="concepts" label={say('line.concepts-confirm')} options={options} values={typed['concepts'] ?? []} />}
          <Field view={view} issues={shown} name="about" label={labels.about} hint={say('line.about-hint')} value={one(typed, 'about')} maxLength={200} />
          <button class="btn">{say('call.save')}</button>
        </Form>
      </section>
    </Layout>
  )
}
