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

/** Several of a few, all of them in sight. @param values those that are chosen */
export function Several({ view, name, label, options, values, issues }: Omit<ChoicesProps, 'value'> & { values: readonly string[] }) {
  const mine = issues.filter((issue) => issue.path === name)
  return (
    <fieldset class={mine.length > 0 ? 'field choices wrong' : 'field choices'} id={name} aria-describedby={mine.length > 0 ? `${name}-issue` : undefined}>
      <legend>{label}</legend>
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
