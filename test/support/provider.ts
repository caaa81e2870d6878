import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider, interactionPolicy, type Configuration } from 'oidc-provider'
import { vi } from 'vitest'

/** Somebody whom the provider knows. */
export type Known = { sub: string; email?: string; verified?: boolean }

/** An OpenID Connect provider that signs in whoever it is told to, without asking. */
export type TestProvider = {
  issuer: string
  /** Who sits before it; `undefined`: somebody who gives up. */
  person: Known | undefined
  /** The paths it was asked for. */
  asked: string[]
  settings: Record<string, string>
  close: () => Promise<void>
}

export const client = { id: 'puente', secret: 'a secret of the tests alone' }

/** Starts a real provider on a free port. */
export async function startProvider(): Promise<TestProvider> {
  const asked: string[] = []
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const settings = { OPENID_ISSUER: issuer, OPENID_CLIENT_ID: client.id, OPENID_CLIENT_SECRET: client.secret, OPENID_NAME: 'Instituto Ejemplo' }
  const test: TestProvider = { issuer, person: undefined, asked, settings, close: () => close(server) }
  const known = new Map<string, Known>()
  // It says that it keeps everything in memory, which is what we want.
  const silence = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const provider = new Provider(issuer, configuration(known))
  silence.mockRestore()
  // The port of the site is not known when the provider starts.
  provider.Client.prototype.redirectUriAllowed = (uri: string) => /^http:\/\/(localhost|127\.0\.0\.1:\d+)\/sign-in\/openid\/back$/.test(uri)
  const callback = provider.callback()
  server.on('request', (request, response) => {
    asked.push((request.url ?? '').split('?')[0] ?? '')
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response)
    const { person } = test
    if (person) known.set(person.sub, person)
    void provider.interactionFinished(
      request,
      response,
      person ? { login: { accountId: person.sub } } : { error: 'access_denied', error_description: 'They gave up' },
    )
  })
  return test
}

function configuration(known: Map<string, Known>): Configuration {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
  const policy = interactionPolicy.base()
  policy.remove('consent')
  return {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: ['http://localhost/sign-in/openid/back'] }],
    jwks: { keys: [{ ...key, kid: 'one', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['for the tests alone'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    interactions: { policy, url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: known.get(sub)?.email, email_verified: known.get(sub)?.verified ?? false }),
    }),
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: client.id, accountId: ctx.oidc.session?.accountId ?? '' })
      grant.addOIDCScope('openid email')
      await grant.save()
      return grant
    },
  }
}

/**
 * Goes through the provider as a browser does, with nothing kept from before.
 *
 * @returns the address that it sends back to
 */
export async function throughProvider(url: string): Promise<string> {
  const cookies = new Map<string, string>()
  let next = url
  for (let steps = 0; steps < 10; steps++) {
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (location === null) throw new Error(`the provider answers ${answer.status}: ${await answer.text()}`)
    next = new URL(location, next).href
    if (next.includes('/sign-in/openid/back')) return next
  }
  throw new Error('the provider sends round in circles')
}

async function close(server: Server) {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
