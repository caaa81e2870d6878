import type { Refusal } from '../errors.ts'
import { Layout } from './layout.tsx'
import { SearchForm } from './search-form.tsx'
import type { View } from './view.ts'

/** A whole page for a refusal: what happened, and what the reader can do next. */
export function RefusalPage({ view, refusal, requestId }: { view: View; refusal: Refusal; requestId: string }) {
  const sentence = view.say(`refusal.${refusal.code}`, refusal.params)
  return (
    <Layout view={view} title={String(refusal.status)} unlisted>
      <section class="stack narrow">
        <p class="kicker">{refusal.status}</p>
        <h1 class="small-title">{sentence}</h1>
        {refusal.issues.length > 0 && (
          <ul>
            {refusal.issues.map((issue) => (
              <li>
                <code>{issue.path}</code> {view.say(`issue.${issue.code}`, issue.params)}
              </li>
            ))}
          </ul>
        )}
        <SearchForm view={view} />
        <p>
          <a href={view.link('/')}>{view.say('refusal.home')}</a>
        </p>
        <p class="small">{view.say('refusal.request', { id: requestId })}</p>
      </section>
    </Layout>
  )
}
