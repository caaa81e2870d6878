import { platformTexts } from '../i18n/index.ts'
import { publicUrl, type Ctx } from './context.ts'
import type { View } from '../ui/view.ts'

/** What a page needs to know of its request. */
export function viewOf(c: Ctx): View {
  const { language, languagePrefix, deps } = c.var
  return {
    language,
    say: platformTexts[language],
    path: c.req.path,
    query: new URL(c.req.url).searchParams,
    base: publicUrl(c),
    assets: deps.assets,
    navigation: deps.navigation,
    footer: c.var.footer ?? [],
    link: (path) => `${languagePrefix}${path}` || '/',
  }
}
