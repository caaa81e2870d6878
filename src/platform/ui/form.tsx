import type { Child } from 'hono/jsx'
import type { Issue } from '../errors.ts'
import type { View } from './view.ts'

export type FieldProps = {
  view: View
  name: string
  label: string
  hint?: string
  value: string | undefined
  issues: readonly Issue[]
  type?: 'text' | 'email' | 'url' | 'password' | 'date'
  /** More than one: a text area of so many lines. */
  lines?: number
  maxLength: number
  required?: boolean
  /** When it is needed, though not yet: said in the place of "optional". */
  needed?: string
  autocomplete?: string
  suggest?: Suggest
  /** What may be chosen in the place of typing. */
  choices?: readonly string[]
}

/**
 * What a script offers while somebody types: names from an address that answers `?q=` with `items` of `key`, `name` and `original`, of which the key is taken.
 * `found`, `none`: what is said of the list to who does not see it. The page has `suggests`.
 */
export type Suggest = { from: string; several: boolean; found: string; none: string }

/** A labelled field with its hint and what is wrong with it, all wired for screen readers. */
export function Field({ value, type = 'text', lines = 1, maxLength, autocomplete, suggest, choices, ...named }: FieldProps) {
  const offer = suggest && {
    'data-suggest': suggest.from,
    'data-several': suggest.several ? '' : undefined,
    'data-found': suggest.found,
    'data-none': suggest.none,
  }
  const shared = { ...wiring(named), maxlength: maxLength, autocomplete, list: choices && `${named.name}-choices`, ...offer }
  return (
    <Frame {...named}>
      {lines > 1 ? (
        <textarea {...shared} rows={lines}>
          {value ?? ''}
        </textarea>
      ) : (
        <input {...shared} type={type} value={type === 'password' ? '' : (value ?? '')} />
      )}
      {choices && (
        <datalist id={`${named.name}-choices`}>
          {choices.map((choice) => (
            <option value={choice} />
          ))}
        </datalist>
      )}
    </Frame>
  )
}

export type ChoiceProps = Named & {
  value: string | undefined
  options: readonly { value: string; label: string }[]
  /** What stands there while nothing is chosen; without it the first option is. */
  none?: string
}

/** A labelled choice of one among several. */
export function Choice({ value, options, none, ...named }: ChoiceProps) {
  return (
    <Frame {...named}>
      <select {...wiring(named)}>
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  )
}

type Named = Pick<FieldProps, 'view' | 'name' | 'label' | 'hint' | 'issues' | 'required' | 'needed'>

const wrongWith = ({ name, issues }: Named) => issues.filter((issue) => issue.path === name)

/** What ties a control to its label, its hint and what is wrong with it. */
function wiring(named: Named) {
  const { name, hint, required } = named
  const isWrong = wrongWith(named).length > 0
  const described = [hint && `${name}-hint`, isWrong && `${name}-issue`].filter(Boolean).join(' ') || undefined
  return { id: name, name, required: required === true, 'aria-invalid': isWrong ? ('true' as const) : undefined, 'aria-describedby': described }
}

/** What stands around a control. */
function Frame({ children, ...named }: Named & { children: Child }) {
  const { view, name, label, hint, required, needed } = named
  const wrong = wrongWith(named)
  return (
    <div class={wrong.length > 0 ? 'field wrong' : 'field'}>
      <label for={name}>
        {label} {required !== true && <small>({needed ?? view.say('form.optional')})</small>}
      </label>
      {hint && (
        <p class="small" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {children}
      <Wrong view={view} name={name} issues={wrong} />
    </div>
  )
}

function Wrong({ view, name, issues }: { view: View; name: string; issues: readonly Issue[] }) {
  if (issues.length === 0) return null
  return (
    <p class="issue" id={`${name}-issue`}>
      {issues.map((issue) => view.say(`issue.${issue.code}`, issue.params)).join('; ')}
    </p>
  )
}

/** All that is wrong with a form, above it, each a link to its field. */
export function IssueSummary({ view, issues, labels }: { view: View; issues: readonly Issue[]; labels: Record<string, string> }) {
  if (issues.length === 0) return null
  return (
    <div class="note bad" role="alert" tabindex={-1} id="issues">
      <b>{view.say('form.errors', { n: issues.length })}</b>
      <ul>
        {issues.map((issue) => (
          <li>
            <a href={`#${issue.path}`}>
              {labels[issue.path] ?? issue.path}: {view.say(`issue.${issue.code}`, issue.params)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

type FormProps = { action: string; children: Child; files?: boolean; autosave?: { key: string; saved: boolean } | undefined }

/**
 * The frame of a form that writes.
 *
 * @param files it carries files
 * @param autosave a script saves it while it is being written: under which key a browser keeps what it could not save, and whether it has just been saved. It holds a
 *   `version` and a place in which the script says how it goes (`data-autosaved`)
 */
export function Form({ action, children, files, autosave }: FormProps) {
  return (
    <form
      class="form"
      method="post"
      action={action}
      enctype={files ? 'multipart/form-data' : undefined}
      novalidate
      data-autosave={autosave?.key}
      data-saved={autosave?.saved === true ? '' : undefined}
    >
      {children}
    </form>
  )
}
