import type { Child } from 'hono/jsx'
import type { Waiting } from '../../../platform/desk.ts'
import { formatNumber } from '../../../platform/i18n/format.ts'
import { countCap } from '../../../platform/search/search.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Badge } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import { membersTexts } from '../text/index.ts'
import type { MembersView } from './sign-in.tsx'

/** The page around every page of the desk: its other pages, as far as the reader is shown them, and the heading. */
export function DeskLayout({ view, title, children }: { view: View; title: string; children: Child }) {
  const say = membersTexts[view.language]
  const pages = [{ path: '/desk', label: say('desk.overview') }, ...view.desk.map(({ path, label }) => ({ path, label: label[view.language] }))]
  const isHere = (path: string) => view.path === path || (path !== '/desk' && view.path.startsWith(`${path}/`))
  return (
    <Layout view={view} title={title} unlisted>
      <section class="stack">
        <nav class="tabs" aria-label={say('desk.navigation')}>
          {pages.map(({ path, label }) => (
            <a href={view.link(path)} aria-current={isHere(path) ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
        <h1>{title}</h1>
        {children}
      </section>
    </Layout>
  )
}

/** What waits, each a link to where it is dealt with. */
export function DeskPage({ view, say, waiting }: MembersView & { waiting: readonly Waiting[] }) {
  const count = (n: number) => (n > countCap ? `${formatNumber(countCap, view.language)}+` : formatNumber(n, view.language))
  return (
    <DeskLayout view={view} title={view.say('site.desk')}>
      <p>{say('desk.lead')}</p>
      <dl class="figures">
        {waiting.map(({ path, label, n }) => (
          <div>
            <dt>{label[view.language]}</dt>
            <dd>
              <a href={view.link(path)} aria-label={`${label[view.language]}: ${count(n)}`}>
                {count(n)}
              </a>
            </dd>
          </div>
        ))}
      </dl>
    </DeskLayout>
  )
}

/** A sentence about what has just been done. */
export function Done({ children }: { children: string }) {
  return (
    <div class="note good" role="status">
      <b>{children}</b>
    </div>
  )
}

/** How something stands, on one line of a table: with a tone if somebody has to do something about it. */
export function Standing({ tone, children }: { tone?: 'on' | 'warn' | undefined; children: string }) {
  return <span class="nowrap">{tone ? <Badge tone={tone}>{children}</Badge> : <Badge>{children}</Badge>}</span>
}
