import type { ApiKeyShown } from '../../../platform/access/api-keys.ts'
import type { KeyScope } from '../../../platform/access/scopes.ts'
import type { Page } from '../../../platform/db/keyset.ts'
import type { Issue } from '../../../platform/errors.ts'
import { formatDay, formatMoment } from '../../../platform/i18n/format.ts'
import { Several } from '../../../platform/ui/choices.tsx'
import { Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Pager } from '../../../platform/ui/table.tsx'
import { Badge } from '../../../platform/ui/text.tsx'
import type { Organization } from '../store/organizations.ts'
import { Done } from './notes.tsx'
import type { MembersView } from './sign-in.tsx'
import { lastDayOf, nameIn } from './words.ts'

/** `home`: the address of the list. `organization`: whose keys, if not those of the reader. */
type Shared = MembersView & { home: string; scopes: readonly KeyScope[] }
type Of = { organization: Organization | undefined }
export type KeyTyped = { id: string; name: string; scopes: string[]; until: string }

/** The keys of a person or a member. */
export function KeysPage({ view, say, home, scopes, organization, page, isDone }: Shared & Of & { page: Page<ApiKeyShown>; isDone: boolean }) {
  return (
    <Layout view={view} title={say('key.title')} unlisted>
      <section class="stack">
        <Where view={view} say={say} organization={organization} />
        <h1>{say('key.title')}</h1>
        {isDone && <Done>{say('key.revoked')}</Done>}
        <p>{organization ? say('key.lead-member') : say('key.lead')}</p>
        <p>
          <a class="btn" href={view.link(`${home}/new`)}>
            {say('key.new')}
          </a>
        </p>
      </section>
      <section class="stack">
        {page.rows.length === 0 ? (
          <p class="empty">{say('key.none')}</p>
        ) : (
          <ul class="rows">
            {page.rows.map((key) => (
              <Row view={view} say={say} home={home} scopes={scopes} item={key} />
            ))}
          </ul>
        )}
        <Pager view={view} page={page} />
      </section>
    </Layout>
  )
}

/** Where one is: below the account, or below a member. */
function Where({ view, say, organization }: MembersView & Of) {
  return (
    <p class="kicker">
      {organization ? (
        <>
          <a href={view.link('/members')}>{say('members.title')}</a> ›{' '}
          <a href={view.link(`/members/${organization.key}`)}>{nameIn(organization.name, view.language, organization.original)}</a>
        </>
      ) : (
        <a href={view.link('/account')}>{say('account.title')}</a>
      )}
    </p>
  )
}

function Row({ view, say, home, scopes, item }: Shared & { item: ApiKeyShown }) {
  const { id, name, hint, state, madeAt, madeBy, usedAt, endsAt } = item
  const may = item.scopes.map((held) => scopes.find((scope) => scope.name === held)?.label[view.language] ?? held)
  return (
    <li>
      <span>
        <b>{name}</b> <code>{hint}…</code> {state !== 'works' && <Badge tone="warn">{say(`key.state.${state}`)}</Badge>}
        <br />
        {may.join(' · ')}
      </span>
      <small>
        {say('key.made-by', { date: formatMoment(madeAt, view.language), person: madeBy })} ·{' '}
        {usedAt === null ? say('key.unused') : say('key.used', { date: formatMoment(usedAt, view.language) })} ·{' '}
        {say('key.ends', { date: formatDay(lastDayOf(endsAt), view.language) })}
      </small>
      {(state === 'works' || state === 'rests') && (
        <form method="post" action={view.link(`${home}/${id}/end`)}>
          <button class="btn end">
            {say('key.revoke')}
            <span class="visually-hidden"> · {name}</span>
          </button>
        </form>
      )}
    </li>
  )
}

/** The form for a new key. */
export function KeyFormPage({ view, say, home, scopes, organization, typed, issues }: Shared & Of & { typed: KeyTyped; issues: readonly Issue[] }) {
  const labels = { name: say('key.name'), scopes: say('key.scopes'), until: say('key.until') }
  const form = { view, issues }
  return (
    <Layout view={view} title={say('key.new')} unlisted>
      <section class="stack">
        <Where view={view} say={say} organization={organization} />
        <h1>{say('key.new')}</h1>
        <p>{organization ? say('key.lead-member') : say('key.lead')}</p>
        <IssueSummary view={view} issues={issues} labels={labels} />
        <Form action={view.link(home)}>
          <input type="hidden" name="id" value={typed.id} />
          <Field {...form} name="name" label={labels.name} hint={say('key.name-hint')} value={typed.name} maxLength={100} required />
          <Several
            {...form}
            name="scopes"
            label={labels.scopes}
            values={typed.scopes}
            options={scopes.map(({ name, label }) => ({ value: name, label: `${label[view.language]} (${name})` }))}
          />
          <Field {...form} name="until" label={labels.until} hint={say('key.until-hint')} value={typed.until} maxLength={10} type="date" required />
          <button class="btn">{say('key.make')}</button>
        </Form>
      </section>
    </Layout>
  )
}

/** A key as it is shown once. */
export function KeyMadePage({ view, say, home, name, token }: Shared & { name: string; token: string }) {
  return (
    <Layout view={view} title={say('key.made')} unlisted>
      <section class="stack">
        <h1>{say('key.made')}</h1>
        <Done>{say('key.once')}</Done>
        <p>{name}</p>
        <p>
          <code class="secret">{token}</code>
        </p>
        <p>{say('key.use')}</p>
        <pre class="wide" tabindex={0}>
          <code>{`curl -H 'Authorization: Bearer ${token}' ${view.base}/api/v1/key`}</code>
        </pre>
        <p>
          <a class="btn quiet" href={view.link(home)}>
            {say('key.back')}
          </a>
        </p>
      </section>
    </Layout>
  )
}
