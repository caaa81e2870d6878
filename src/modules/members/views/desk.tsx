import type { Child } from 'hono/jsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import type { MembersView } from './sign-in.tsx'

/** The frame of the pages on which the secretariat works. */
export function DeskLayout({ view, title, children }: MembersView & { title: string; children: Child }) {
  return (
    <Layout view={view} title={title} unlisted>
      <section class="stack">
        <h1>{title}</h1>
        {children}
      </section>
    </Layout>
  )
}
