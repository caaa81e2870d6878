import type { PlatformSay } from '../i18n/index.ts'
import type { Language } from '../i18n/languages.ts'
import type { Assets } from './assets.ts'

/** What every page knows of its request. */
export type View = {
  language: Language
  /** The platform's own sentences; a module adds its own. */
  say: PlatformSay
  /** Path without the language. */
  path: string
  query: URLSearchParams
  /** Address of the server as the public sees it, without a slash at the end. */
  base: string
  assets: Assets
  navigation: readonly NavigationItem[]
  /** Further links at the foot of the page. */
  footer: readonly NavigationItem[]
  /** Who is signed in; nobody on pages of the public, which are the same for all. */
  person: { name: string } | undefined
  /** The pages of the desk that they are shown. */
  desk: readonly NavigationItem[]
  /** What is shown is a demonstration: every page says so. */
  demo: boolean
  /** The address of a path in the language that the reader chose. */
  link: (path: string) => string
}

/** An entry of the main navigation, handed in by a module. `more`: on a wide screen it stands behind the others, opened by a click. */
export type NavigationItem = { path: string; label: Record<Language, string>; more?: true }
