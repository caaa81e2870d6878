import type { Issue } from '../../../platform/errors.ts'
import { Choices } from '../../../platform/ui/choices.tsx'
import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { titleLength } from '../schema/listings.ts'
import { optionsOf } from './fields.ts'
import type { ExchangeView } from './parts.tsx'

export type BeginProps = ExchangeView & {
  /** The members that the reader writes for. */
  members: readonly { value: string; label: string }[]
  typed: Record<string, string | undefined>
  issues: readonly Issue[]
}

/** The first step of a listing: what it is, in which field, and its title. All else comes after, as a draft. */
export function BeginPage({ view, say, members, typed, issues }: BeginProps) {
  const labels = {
    member: say('listing.organization'),
    direction: say('listing.direction'),
    pillar: say('listing.pillar'),
    original: say('listing.original'),
    title: say('listing.title'),
  }
  const named = { view, issues }
  const options = optionsOf({ view, say })
  return (
    <Layout view={view} title={say('listing.begin')} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/exchange')}>{say('exchange.title')}</a>
        </p>
        <h1>{say('listing.begin')}</h1>
        <p>{say('listing.begin-lead')}</p>
        {members.length === 0 ? (
          <p class="empty">{say('listing.begin-nobody')}</p>
        ) : (
          <>
            <IssueSummary view={view} issues={issues} labels={labels} />
            <Form action={view.link('/listings')}>
              <input type="hidden" name="id" value={typed['id']} />
              <Choice {...named} name="member" label={labels.member} value={typed['member']} options={members} required />
              <Choices {...named} name="direction" label={labels.direction} value={typed['direction']} options={options.direction} />
              <Choices {...named} name="pillar" label={labels.pillar} value={typed['pillar']} options={options.pillar} />
              <Choice
                {...named}
                name="original"
                label={labels.original}
                hint={say('listing.original-hint')}
                value={typed['original']}
                options={options.original}
                required
              />
              <Field {...named} name="title" label={labels.title} hint={say('listing.title-hint')} value={typed['title']} maxLength={titleLength} required />
              <button class="btn">{say('listing.go-on')}</button>
            </Form>
          </>
        )}
      </section>
    </Layout>
  )
}
