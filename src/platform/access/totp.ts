import { Secret, TOTP } from 'otpauth'

/** What every authenticator app knows: RFC 6238 with SHA-1, six digits, half a minute. */
const form = { algorithm: 'SHA1', digits: 6, period: 30 }
/** Clocks of telephones differ: a code of the step before or after is taken too. */
const skew = 1

/** A new secret to share with an authenticator app: 160 random bits, in base 32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

/**
 * The address by which an authenticator app takes a secret over.
 *
 * @example totpAddress(secret, { issuer: 'Puente', label: 'ana@example.org' }) // 'otpauth://totp/Puente:ana%40example.org?…'
 */
export const totpAddress = (secret: string, { issuer, label }: { issuer: string; label: string }): string =>
  new TOTP({ ...form, issuer, label, secret: Secret.fromBase32(secret) }).toString()

/** The six digits in what somebody typed, however spaced or wide; `undefined` when it is something else. */
export const totpCodeIn = (typed: string): string | undefined => /^\d{6}$/.exec(typed.normalize('NFKC').replaceAll(/[\s-]/g, ''))?.[0]

/**
 * The time step whose code somebody gave; `undefined` when it is of none that counts now.
 *
 * @param code six digits
 * @param seconds the time, in seconds since 1970
 */
export function stepOfCode(secret: string, code: string, seconds: number): number | undefined {
  const delta = TOTP.validate({ ...form, token: code, secret: Secret.fromBase32(secret), timestamp: seconds * 1000, window: skew })
  return delta === null ? undefined : Math.floor(seconds / form.period) + delta
}
