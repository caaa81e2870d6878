import type { Issue } from '../../../platform/errors.ts'
import { Choices } from '../../../platform/ui/choices.tsx'
import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { languageOptions } from '../../members/index.ts'
import { titleLength } from '../schema/calls.ts'
import { kinds, type Origin } from '../schema/terms.ts'
import type { CallsView } from './parts.tsx'

type Option = { value: string; label: string }
export type BeginProps = CallsView & {
  /** As what the reader may begin a call, in which networks, and for which members they act. */
  origins: readonly Origin[]
  networks: readonly Option[]
  members: readonly Option[]
  typed: Record<string, string | undefined>
  issues: readonly Issue[]
}

/** The first step of a call: who calls, why, and its title. All else comes after, as a draft. */
export function BeginPage({ view, say, origins, networks, members, typed, issues }: BeginProps) {
  const labels = {
    origin: say('call.origin'),
    network: say('call.network'),
    member: say('call.behind'),
    kind: say('call.kind'),
    original: say('call.original'),
    title: say('call.title'),
  }
  const named = { view, issues }
  const [only] = origins
  return (
    <Layout view={view} title={say('call.begin')} unlisted>
      <section class="stack">
        <h1>{say('call.begin')}</h1>
        <p>{say('call.begin-lead')}</p>
        {only === undefined ? (
          <p class="empty">{say('call.begin-nobody')}</p>
        ) : (
          <>
            <IssueSummary view={view} issues={issues} labels={labels} />
            <Form action={view.link('/calls')}>
              <input type="hidden" name="id" value={typed['id']} />
              {origins.length === 1 ? (
                <input type="hidden" name="origin" value={only} />
              ) : (
                <Choices
                  {...named}
                  name="origin"
                  label={labels.origin}
                  value={typed['origin']}
                  options={origins.map((value) => ({ value, label: say(`origin.${value}`) }))}
                />
              )}
              <Choice {...named} name="network" label={labels.network} value={typed['network']} options={networks} required />
              {origins.includes('desk') ? (
                <Field {...named} name="member" label={labels.member} hint={say('call.behind-hint')} value={typed['member']} maxLength={80} />
              ) : (
                <Choice {...named} name="member" label={labels.member} value={typed['member']} options={members} required />
              )}
              <Choices
                {...named}
                name="kind"
                label={labels.kind}
                value={typed['kind']}
                options={kinds.map((value) => ({ value, label: say(`call-kind.${value}`) }))}
              />
              <Choice {...named} name="original" label={labels.original} value={typed['original']} options={languageOptions} required />
              <Field {...named} name="title" label={labels.title} hint={say('call.title-hint')} value={typed['title']} maxLength={titleLength} required />
              <button class="btn">{say('call.go-on')}</button>
            </Form>
          </>
        )}
      </section>
    </Layout>
  )
}
