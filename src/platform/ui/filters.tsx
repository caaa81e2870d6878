import type { View } from './view.ts'

export type Filter =
  | { name: string; label: string; value: string | undefined; options: { value: string; label: string }[] }
  | { name: string; label: string; value: string | undefined; placeholder?: string }

/** Filters as a plain GET form; what is chosen stands in the address, so that a list can be sent on as a link. */
export function Filters({ view, filters, sort }: { view: View; filters: Filter[]; sort: string | undefined }) {
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
      {sort !== undefined && <input type="hidden" name="sort" value={sort} />}
      <button class="btn quiet">{view.say('filter.apply')}</button>
      {anyChosen && <a href={view.link(view.path)}>{view.say('filter.clear')}</a>}
    </form>
  )
}
