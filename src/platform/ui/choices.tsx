import type { Issue } from '../errors.ts'
import type { View } from './view.ts'

export type ChoicesProps = {
  view: View
  name: string
  label: string
  options: readonly { value: string; label: string }[]
  value: string | undefined
  issues: readonly Issue[]
}

/** One of a few, all of them in sight; none is chosen beforehand. */
export function Choices({ view, name, label, options, value, issues }: ChoicesProps) {
  const mine = issues.filter((issue) => issue.path === name)
  return (
    <fieldset class={mine.length > 0 ? 'field choices wrong' : 'field choices'} id={name} aria-describedby={mine.length > 0 ? `${name}-issue` : undefined}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label>
          <input type="radio" name={name} value={option.value} checked={option.value === value} required />
          <span>{option.label}</span>
        </label>
      ))}
      {mine.length > 0 && (
        <p class="issue" id={`${name}-issue`}>
          {mine.map((issue) => view.say(`issue.${issue.code}`, issue.params)).join('; ')}
        </p>
      )}
    </fieldset>
  )
}

/** More than these stand in columns. */
const manyOptions = 6

/** Several of a few, all of them in sight. @param values those that are chosen @param needed when one is needed, where it is not yet */
export function Several({ view, name, label, needed, options, values, issues }: Omit<ChoicesProps, 'value'> & { needed?: string; values: readonly string[] }) {
  const mine = issues.filter((issue) => issue.path === name)
  return (
    <fieldset
      class={`field choices${options.length > manyOptions ? ' many' : ''}${mine.length > 0 ? ' wrong' : ''}`}
      id={name}
      aria-describedby={mine.length > 0 ? `${name}-issue` : undefined}
    >
      <legend>
        {label} {needed !== undefined && <small>({needed})</small>}
      </legend>
      {options.map((option) => (
        <label>
          <input type="checkbox" name={name} value={option.value} checked={values.includes(option.value)} />
          <span>{option.label}</span>
        </label>
      ))}
      {mine.length > 0 && (
        <p class="issue" id={`${name}-issue`}>
          {mine.map((issue) => view.say(`issue.${issue.code}`, issue.params)).join('; ')}
        </p>
      )}
    </fieldset>
  )
}
