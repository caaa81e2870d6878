import { createHash, randomBytes } from 'node:crypto'

/** A secret that nobody guesses: 256 random bits, in letters that an address and a cookie may hold. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is kept of a secret: its SHA-256. A secret of 256 random bits needs no salt and no slow hash. */
export const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
