import { thePublic } from '../access/actor.ts'
import { deskOf } from '../desk.ts'
import { platformTexts } from '../i18n/index.ts'
import { publicUrl, type Ctx } from './context.ts'
import type { View } from '../ui/view.ts'

/** What a page needs to know of its request. */
export function viewOf(c: Ctx): View {
  const { language, languagePrefix, deps } = c.var
  // A request that was refused before anybody looked who asks has no actor yet.
  const actor = c.var.actor ?? thePublic
  return {
    language,
    say: platformTexts[language],
    path: c.req.path,
    query: new URL(c.req.url).searchParams,
    base: publicUrl(c),
    assets: deps.assets,
    navigation: deps.navigation,
    footer: c.var.footer ?? [],
    person: actor.kind === 'person' ? { name: actor.name } : undefined,
    desk: deskOf(deps.desk, actor),
    demo: deps.demo !== undefined,
    link: (path) => `${languagePrefix}${path}` || '/',
  }
}
