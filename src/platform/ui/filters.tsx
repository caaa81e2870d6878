import type { View } from './view.ts'

export type Filter =
  | { name: string; label: string; value: string | undefined; options: { value: string; label: string }[] }
  | { name: string; label: string; value: string | undefined; placeholder?: string }

export type FiltersProps = {
  view: View
  filters: Filter[]
  sort: string | undefined
  /** What else of the address stays as it is when the form is sent. */
  kept?: Record<string, string | undefined>
}

/** Filters as a plain GET form; what is chosen stands in the address, so that a list can be sent on as a link. */
export function Filters({ view, filters, sort, kept = {} }: FiltersProps) {
  const anyChosen = filters.some(({ value }) => value)
  return (
    <form class="filters" method="get" action={view.link(view.path)} aria-label={view.say('filter.title')}>
      {filters.map((filter) => (
        <label>
          <span>{filter.label}</span>
          {'options' in filter ? (
            <select name={filter.name}>
              <option value="">{view.say('filter.any')}</option>
              {filter.options.map(({ value, label }) => (
                <option value={value} selected={value === filter.value}>
                  {label}
                </option>
              ))}
            </select>
          ) : (
            <input type="search" name={filter.name} value={filter.value ?? ''} maxlength={200} placeholder={filter.placeholder} />
          )}
        </label>
      ))}
      {Object.entries({ sort, ...kept }).map(([name, value]) => value !== undefined && <input type="hidden" name={name} value={value} />)}
      <button class="btn quiet">{view.say('filter.apply')}</button>
      {anyChosen && <a href={view.link(view.path)}>{view.say('filter.clear')}</a>}
    </form>
  )
}
