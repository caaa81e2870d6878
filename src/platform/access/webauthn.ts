import { generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { z } from 'zod'
import { challengeMinutes } from './challenges.ts'
import type { Passkey } from './passkeys.ts'

/** What passkeys are bound to: the host that people see, and its whole address. */
export type RelyingParty = { id: string; origin: string }

/** @param url the address under which the public reaches this server */
export const relyingPartyOf = (url: string): RelyingParty => ({ id: new URL(url).hostname, origin: url })

const base64url = z.string().regex(/^[\w-]{1,16000}$/)
const shared = { id: base64url.max(2000), rawId: base64url.max(2000), type: z.literal('public-key'), clientExtensionResults: z.object({}) }
const added = z.object({
  ...shared,
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports: z.array(z.string().max(30)).max(10).optional() }),
})
const signed = z.object({
  ...shared,
  response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url, userHandle: base64url.optional() }),
})

type Added = z.output<typeof added>
type Signed = z.output<typeof signed>

// Ed25519, ECDSA on P-256, RSA: what WebAuthn asks servers to take. Left to itself the library tries out what is experimental in Node.js, which warns of it.
const supportedAlgorithmIDs = [-8, -7, -257]
const timeout = challengeMinutes * 60_000
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text))

/** What a browser is asked when somebody adds a passkey: one that lies in the device, so that no address is needed to sign in, and that knows its owner. */
export const additionOptions = (
  party: RelyingParty,
  challenge: string,
  account: { id: string; email: string; name: string },
  known: readonly { id: string; transports: string[] }[],
) =>
  generateRegistrationOptions({
    rpName: 'Puente',
    rpID: party.id,
    userID: bytesOf(account.id),
    userName: account.email,
    userDisplayName: account.name,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout,
    attestationType: 'none',
    supportedAlgorithmIDs,
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })

/** What a browser is asked when somebody shows who they are by a passkey. */
export const signatureOptions = (party: RelyingParty, challenge: string) =>
  generateAuthenticationOptions({ rpID: party.id, challenge: new Uint8Array(Buffer.from(challenge, 'base64url')), timeout, userVerification: 'required' })

/** What a browser answered, as far as its form goes; nothing of it is proven. */
export const readAdded = (json: string): Added | undefined => parse(added, json)
export const readSigned = (json: string): Signed | undefined => parse(signed, json)

function parse<T>(schema: z.ZodType<T>, json: string): T | undefined {
  try {
    return schema.parse(JSON.parse(json))
  } catch {
    return undefined
  }
}

/** What a passkey says that it was asked to sign. */
export function challengeIn(answer: Added | Signed): string {
  const data = parse(z.object({ challenge: z.string() }), Buffer.from(answer.response.clientDataJSON, 'base64url').toString('utf8'))
  return data?.challenge ?? ''
}

/** Checks a passkey that is added. @returns what to keep of it; `undefined` when anything of it is not as it has to be */
export async function checkAdded(party: RelyingParty, answer: Added, challenge: string) {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs,
    })
    if (!verified) return undefined
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential
    return { credential: id, publicKey, counter, transports }
  } catch {
    return undefined
  }
}

/**
 * Checks a signature: of this passkey, for this host, over this challenge, by somebody whom the device recognized.
 *
 * @returns the counter of the passkey, which the caller compares with the one kept; `undefined` when anything is not as it has to be
 */
export async function checkSigned(party: RelyingParty, answer: Signed, challenge: string, passkey: Passkey): Promise<number | undefined> {
  if (answer.response.userHandle !== Buffer.from(bytesOf(passkey.accountId)).toString('base64url')) return undefined
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      // Compared where it is kept, in one statement, so that two at once do not both count as the next.
      credential: {
        id: passkey.credential,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: 0,
        transports: passkey.transports,
      },
      requireUserVerification: true,
    })
    return verified ? authenticationInfo.newCounter : undefined
  } catch {
    return undefined
  }
}
