import type { Issue } from '../../../platform/errors.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import type { OrganizationRef } from '../store/organizations.ts'
import { MemberLink } from './member.tsx'
import { FactFields, factLabels, type Typed } from './member-edit.tsx'
import type { MembersView } from './sign-in.tsx'
import { languageOptions, nameIn } from './words.ts'

type Props = MembersView & {
  networks: { id: string; name: LanguageText }[]
  issues?: readonly Issue[]
  typed: Typed
  /** Whether it is known who applies. */
  signedIn: boolean
  /** The member that applies to another network. */
  member?: Pick<OrganizationRef, 'key' | 'name' | 'original'> | undefined
}

/** An organization asks to be admitted. */
export function ApplyPage({ view, say, networks, issues = [], typed, signedIn, member }: Props) {
  const title = say(member ? 'networks.apply' : 'apply.title')
  const labels = {
    ...factLabels(say),
    network: say('members.network'),
    name: say('apply.name'),
    original: say('apply.original'),
    english: say('apply.english'),
    why: say('apply.why'),
    entry: say('apply.entry'),
    contact: say('apply.contact'),
    email: say('apply.email'),
  }
  return (
    <Layout view={view} title={title} description={say('apply.lead')}>
      <section class="stack">
        {member && (
          <p class="kicker">
            <MemberLink view={view} to={member} />
          </p>
        )}
        <h1>{title}</h1>
        <p>{member ? say('networks.apply-for', { name: nameIn(member.name, view.language, member.original) }) : say('apply.lead')}</p>
        {networks.length === 0 && <p class="empty">{say(member ? 'networks.apply-none' : 'apply.no-network')}</p>}
      </section>
      {networks.length > 0 && (
        <section class="stack">
          <IssueSummary view={view} issues={issues} labels={labels} />
          <ApplyForm view={view} say={say} networks={networks} issues={issues} typed={typed} signedIn={signedIn} labels={labels} />
        </section>
      )}
    </Layout>
  )
}

function ApplyForm({
  view,
  say,
  networks,
  issues = [],
  typed,
  signedIn,
  labels,
}: Props & { labels: Record<'network' | 'name' | 'original' | 'english' | 'entry' | 'why' | 'contact' | 'email', string> }) {
  return (
    <Form action={view.link('/apply')}>
      <input type="hidden" name="id" value={typed['id']} />
      {networks.length === 1 ? (
        <input type="hidden" name="network" value={networks[0]?.id} />
      ) : (
        <Choice
          view={view}
          issues={issues}
          name="network"
          label={labels.network}
          value={typed['network']}
          options={networks.map(({ id, name }) => ({ value: id, label: nameIn(name, view.language) }))}
          none={view.say('form.choose')}
          required
        />
      )}
      {typed['organization'] !== undefined && <input type="hidden" name="organization" value={typed['organization']} />}
      <Field view={view} issues={issues} name="name" label={labels.name} value={typed['name']} maxLength={300} autocomplete="organization" required />
      <Choice
        view={view}
        issues={issues}
        name="original"
        label={labels.original}
        value={typed['original'] ?? view.language}
        options={languageOptions}
        required
      />
      <Field view={view} issues={issues} name="english" label={labels.english} value={typed['english']} maxLength={300} />
      <FactFields view={view} say={say} issues={issues} typed={typed} />
      <Field view={view} issues={issues} name="entry" label={labels.entry} hint={say('apply.entry-hint')} value={typed['entry']} maxLength={200} />
      <Field view={view} issues={issues} name="why" label={labels.why} hint={say('apply.why-hint')} value={typed['why']} maxLength={4000} lines={6} required />
      {!signedIn && <Contact view={view} say={say} issues={issues} typed={typed} labels={labels} />}
      <button class="btn">{say('apply.send')}</button>
    </Form>
  )
}

/** Who can be asked. */
function Contact({ view, say, issues, typed, labels }: MembersView & { issues: readonly Issue[]; typed: Typed; labels: { contact: string; email: string } }) {
  return (
    <>
      <Field view={view} issues={issues} name="contact" label={labels.contact} value={typed['contact']} maxLength={200} autocomplete="name" required />
      <Field
        view={view}
        issues={issues}
        name="email"
        label={labels.email}
        hint={say('apply.email-hint')}
        value={typed['email']}
        maxLength={254}
        type="email"
        autocomplete="email"
        required
      />
    </>
  )
}

export function AppliedPage({ view, say }: MembersView) {
  return (
    <Layout view={view} title={say('apply.title')} unlisted>
      <section class="stack">
        <h1>{say('apply.title')}</h1>
        <div class="note good" role="status">
          <b>{say('apply.sent')}</b>
          <span>{say('apply.sent-more')}</span>
        </div>
      </section>
    </Layout>
  )
}
