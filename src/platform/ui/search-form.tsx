import type { View } from './view.ts'

/** The one search box, a plain GET form. */
export function SearchForm({ view, typed = '', placeholder }: { view: View; typed?: string; placeholder?: string }) {
  return (
    <form class="search" action={view.link('/search')} method="get" role="search">
      <input
        type="search"
        name="q"
        accesskey="/"
        value={typed}
        maxlength={200}
        aria-label={view.say('search.label')}
        placeholder={placeholder ?? view.say('search.label')}
      />
      <button class="btn">{view.say('search.button')}</button>
    </form>
  )
}
