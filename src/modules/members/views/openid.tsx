import type { IdentityShown } from '../../../platform/access/identities.ts'
import { formatMoment } from '../../../platform/i18n/format.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import type { MembersView } from './sign-in.tsx'

/** `name`: what people call the provider. */
type OpenIdView = MembersView & { name: string }

/** The other way in, below the form with the password. */
export function OpenIdButton({ view, say, name, next }: OpenIdView & { next?: string | undefined }) {
  return (
    <form method="post" action={view.link('/sign-in/openid')}>
      {next !== undefined && <input type="hidden" name="next" value={next} />}
      <button class="btn quiet">{say('openid.button', { name })}</button>
    </form>
  )
}

/** The step from here to the provider; the browser takes it by itself. */
export function GoingPage({ view, say, name, url }: OpenIdView & { url: string }) {
  return (
    <Layout view={view} title={say('openid.going', { name })} unlisted>
      <section class="stack narrow">
        <h1>{say('openid.going', { name })}</h1>
        <p>{say('openid.going-lead', { name })}</p>
        <p>
          <a class="btn" href={url} rel="noreferrer">
            {say('openid.go', { name })}
          </a>
        </p>
      </section>
    </Layout>
  )
}

/** For whoever the provider knows and nobody here does. */
export function NobodyPage({ view, say, name }: OpenIdView) {
  return (
    <Layout view={view} title={say('openid.nobody')} unlisted>
      <section class="stack narrow">
        <h1>{say('openid.nobody')}</h1>
        <p>{say('openid.nobody-lead', { name })}</p>
        <p>{say('openid.nobody-how', { name })}</p>
        <p>
          <a href={view.link('/sign-in')}>{say('sign-in.title')}</a>
        </p>
      </section>
    </Layout>
  )
}

/** For whoever has an account with the address that the provider vouches for. */
export function JoinPage({ view, say, name, next }: OpenIdView & { next: string }) {
  return (
    <Layout view={view} title={say('openid.join')} unlisted>
      <section class="stack narrow">
        <h1>{say('openid.join')}</h1>
        <p>{say('openid.join-lead', { name })}</p>
        <p>
          <a class="btn" href={view.link(`/sign-in?next=${encodeURIComponent(next)}`)}>
            {say('openid.join-sign-in')}
          </a>
        </p>
      </section>
    </Layout>
  )
}

/** Both are proven; now they say that both are theirs. */
export function ConfirmPage({ view, say, name }: OpenIdView) {
  return (
    <Layout view={view} title={say('openid.confirm', { name })} unlisted>
      <section class="stack narrow">
        <h1>{say('openid.confirm', { name })}</h1>
        <p>{say('openid.confirm-lead', { name })}</p>
        <form method="post" action={view.link('/account/openid/join')}>
          <button class="btn">{say('openid.connect')}</button>
        </form>
      </section>
    </Layout>
  )
}

export type OpenIdDone = 'connected' | 'ended' | undefined

/** How an account stands to the provider. */
export function OwnOpenIdPage({ view, say, name, identity, done }: OpenIdView & { identity: IdentityShown | undefined; done: OpenIdDone }) {
  return (
    <Layout view={view} title={say('openid.title', { name })} unlisted>
      <section class="stack narrow">
        <h1>{say('openid.title', { name })}</h1>
        {done && (
          <div class="note good" role="status">
            <b>{done === 'connected' ? say('openid.done-connected', { name }) : say('openid.done-ended', { name })}</b>
          </div>
        )}
        <p>{identity ? standing({ view, say, identity }) : say('openid.not', { name })}</p>
        <p>{say('openid.sign-out', { name })}</p>
        <form method="post" action={view.link(identity ? '/account/openid/end' : '/account/openid')}>
          <button class={identity ? 'btn quiet' : 'btn'}>{identity ? say('openid.disconnect') : say('openid.connect')}</button>
        </form>
        <p>
          <a href={view.link('/account')}>{say('account.title')}</a>
        </p>
      </section>
    </Layout>
  )
}

function standing({ view, say, identity }: MembersView & { identity: IdentityShown }): string {
  const since = say('openid.connected', { date: formatMoment(identity.madeAt, view.language) })
  const used = identity.usedAt ? say('openid.used', { date: formatMoment(identity.usedAt, view.language) }) : say('openid.unused')
  return `${since} ${used}`
}

/** Where the page of the account leads to it. */
export function OpenIdSection({ view, say, name }: OpenIdView) {
  return (
    <section class="stack" id="openid">
      <h2>{say('openid.title', { name })}</h2>
      <p>{say('openid.sign-out', { name })}</p>
      <p>
        <a href={view.link('/account/openid')}>{say('openid.manage')}</a>
      </p>
    </section>
  )
}
