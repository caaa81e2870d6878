import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  ResponseBodyError,
  type ClientAuth,
  type Configuration,
} from 'openid-client'
import type { OpenIdSettings } from '../config.ts'
import { refuse, type RefusalCode } from '../errors.ts'

/** What this browser has to bring back from the provider; it stays sealed in its cookie meanwhile. */
export type Expected = { state: string; nonce: string; verifier: string }
/** Whom the provider says it has before it. `email`: as far as the provider has verified it. */
export type Proven = { issuer: string; subject: string; email: () => Promise<string | undefined> }

/** Seconds that each question to the provider may take. */
const timeout = 5
/** What the provider says of itself is asked again after so many milliseconds. */
const keptFor = 3_600_000

const known = new WeakMap<OpenIdSettings, { since: number; answer: Promise<Configuration> }>()

/**
 * Where to send a browser so that the provider signs somebody in, and what to expect back: an authorization code with PKCE, state and nonce.
 *
 * @throws Refusal `openid_unavailable`
 */
export async function beginOpenId(settings: OpenIdSettings, back: string): Promise<{ url: string; expected: Expected }> {
  const expected = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
  const provider = await providerOf(settings)
  const { href } = buildAuthorizationUrl(provider, {
    redirect_uri: back,
    response_type: 'code',
    scope: 'openid email',
    state: expected.state,
    nonce: expected.nonce,
    code_challenge: await calculatePKCECodeChallenge(expected.verifier),
    code_challenge_method: 'S256',
  })
  return { url: href, expected }
}

/**
 * Exchanges what the browser brought back for the identity that the provider vouches for.
 *
 * @param back the address with what the provider added to it
 * @throws Refusal `openid_refused` when the provider says no, `openid_failed` when the answer does not fit to what was expected, `openid_unavailable`
 */
export async function finishOpenId(settings: OpenIdSettings, back: URL, expected: Expected): Promise<Proven> {
  const provider = await providerOf(settings)
  const checks = { expectedState: expected.state, expectedNonce: expected.nonce, pkceCodeVerifier: expected.verifier, idTokenExpected: true }
  const tokens = await authorizationCodeGrant(provider, back, checks).catch(asRefusal)
  const claims = tokens.claims()
  if (claims === undefined || claims.sub.length > 255) throw refuse('openid_failed', { reason: 'no usable subject' })
  return {
    issuer: settings.issuer,
    subject: claims.sub,
    email: async () => {
      // Some providers put the address into the token, others tell it only when asked.
      const said = claims['email'] === undefined && provider.serverMetadata().userinfo_endpoint !== undefined
      const { email, email_verified } = said ? await fetchUserInfo(provider, tokens.access_token, claims.sub).catch(asRefusal) : claims
      return typeof email === 'string' && email_verified === true ? email : undefined
    },
  }
}

/** The provider as it describes itself. It is asked at first use, not at the start: the server starts without it. */
function providerOf(settings: OpenIdSettings): Promise<Configuration> {
  const found = known.get(settings)
  if (found && performance.now() - found.since < keptFor) return found.answer
  const { issuer, clientId, clientSecret } = settings
  const execute = [enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [allowInsecureRequests] : [])]
  const answer = discovery(new URL(issuer), clientId, undefined, authenticate(clientSecret), { timeout, execute }).catch(asUnavailable)
  known.set(settings, { since: performance.now(), answer })
  answer.catch(() => known.get(settings)?.answer === answer && known.delete(settings))
  return answer
}

/** The secret goes the way that the provider takes; where it says none, in the header, as the standard has it. */
function authenticate(secret: string): ClientAuth {
  return (server, ...rest) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return (ways.includes('client_secret_basic') ? ClientSecretBasic(secret) : ClientSecretPost(secret))(server, ...rest)
  }
}

function asUnavailable(error: unknown): never {
  throw refuse('openid_unavailable', { reason: reasonOf(error) })
}

function asRefusal(error: unknown): never {
  throw refuse(codeOf(error), { reason: reasonOf(error) })
}

function codeOf(error: unknown): RefusalCode {
  if (error instanceof AuthorizationResponseError) return 'openid_refused'
  // A code that was used or is not ours; anything else that the provider holds against us is for the operator to mend.
  if (error instanceof ResponseBodyError) return error.error === 'invalid_grant' ? 'openid_failed' : 'openid_unavailable'
  if (
    error instanceof ClientError &&
    ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'].includes(error.code ?? '')
  )
    return 'openid_unavailable'
  return error instanceof ClientError ? 'openid_failed' : 'openid_unavailable'
}

/** What went wrong, for the operator: names of errors, and nothing of what was exchanged. */
function reasonOf(error: unknown): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) return error.error.slice(0, 100)
  const { code, cause } = error as { code?: string; cause?: { code?: string; name?: string } }
  return String(code ?? cause?.code ?? (error as Error).name).slice(0, 100)
}
