import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

// OWASP Password Storage Cheat Sheet (2025): Argon2id with 19 MiB, two passes, one lane.
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const tagLength = 32

export const passwordLength = { min: 12, max: 200 }

/** At most so many hashes at once: each takes 19 MiB. */
const mostAtOnce = 2
let working = 0
const waiting: (() => void)[] = []

/**
 * The hash of a password, in PHC form (`$argon2id$v=19$m=19456,t=2,p=1$salt$tag`). Takes some tens of milliseconds of a thread of its own.
 * Source: RFC 9106; PHC string format.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await tagOf(password, salt, cost)
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${bare(salt)}$${bare(tag)}`
}

/** Whether a password is the one of a hash. Without a hash it takes as long and says no, so that time does not tell whether there is an account. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash ?? '')
  if (!parts) {
    await tagOf(password, randomBytes(16), cost)
    return false
  }
  const [, memory, passes, parallelism, salt = '', tag = ''] = parts
  const expected = Buffer.from(tag, 'base64')
  const given = await tagOf(password, Buffer.from(salt, 'base64'), { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) })
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const bare = (bytes: Buffer) => bytes.toString('base64').replace(/={1,2}$/, '')

async function tagOf(password: string, nonce: Buffer, { memory, passes, parallelism }: typeof cost): Promise<Buffer> {
  if (working >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve))
  working += 1
  try {
    // Two ways to type the same letters must not be two passwords.
    return await derive('argon2id', { message: password.normalize('NFKC'), nonce, parallelism, tagLength, memory, passes })
  } finally {
    working -= 1
    waiting.shift()?.()
  }
}
