import fc from 'fast-check'
import { Secret, TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { newTotpSecret, stepOfCode, totpAddress, totpCodeIn } from './totp.ts'

// RFC 6238, appendix B, SHA-1: eight digits, of which an app with six shows the last.
const vectors: [number, string][] = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
]
const rfcSecret = Secret.fromLatin1('12345678901234567890').base32
const codeAt = (secret: string, seconds: number) => TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: seconds * 1000 })
const times = fc.integer({ min: 60, max: 4_000_000_000 })

describe('a code of an authenticator app', () => {
  test.each(vectors)('at %d is the one of RFC 6238', (seconds, code) => {
    expect(stepOfCode(rfcSecret, code.slice(2), seconds)).toBe(Math.floor(seconds / 30))
  })

  test('counts in its own step, the one before and the one after, and says which step it is of', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: -4, max: 4 }), (seconds, off) => {
        const secret = newTotpSecret()
        const found = stepOfCode(secret, codeAt(secret, seconds + off * 30), seconds)
        const step = Math.floor(seconds / 30)
        // One in some hundred thousand is by chance the code of another step.
        if (Math.abs(off) <= 1) expect(Math.abs((found ?? 0) - step)).toBeLessThanOrEqual(1)
        else if (found !== undefined) expect(codeAt(secret, found * 30)).toBe(codeAt(secret, seconds + off * 30))
      }),
    )
  })

  test('of another secret does not count', () => {
    const [one, other] = [newTotpSecret(), newTotpSecret()]
    expect(one).not.toBe(other)
    expect([1, 2, 3].filter((n) => stepOfCode(other, codeAt(one, n * 9000), n * 9000) === undefined).length).toBeGreaterThan(0)
  })

  test('is found in what was typed, spaced or wide; a recovery code is none', () => {
    for (const typed of ['123456', ' 123 456 ', '１２３４５６', '123-456']) expect(totpCodeIn(typed)).toBe('123456')
    for (const typed of ['12345', '1234567', 'abcd-efgh-jkmn-pqrs', '', '12345a', '٠١٢٣٤٥']) expect(totpCodeIn(typed)).toBeUndefined()
  })
})

test('the address for the app holds the secret, who it is for, and where', () => {
  const secret = newTotpSecret()
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  const address = new URL(totpAddress(secret, { issuer: 'Puente localhost', label: 'ana@example.org' }))
  expect([address.protocol, address.host, decodeURIComponent(address.pathname)]).toEqual(['otpauth:', 'totp', '/Puente localhost:ana@example.org'])
  expect(Object.fromEntries(address.searchParams)).toMatchObject({ secret, issuer: 'Puente localhost', digits: '6', period: '30' })
})
