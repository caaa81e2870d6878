import type { Issue } from '../../../platform/errors.ts'
import { foldKey } from '../../../platform/text/fold.ts'

// What lies side by side on a keyboard or in the alphabet, there and back, over the ends of the rows too.
const rows = ['qwertyuiopasdfghjklzxcvbnm', '1234567890', 'abcdefghijklmnopqrstuvwxyz'].map((row) => row.repeat(3))
const runs = [...rows, ...rows.map((row) => Array.from(row).toReversed().join(''))]

/** What is wrong with a password beside its length: it can be read off the account or the networks, or a machine guesses it among the first. */
export function passwordIssues(password: string, { email, name, networks }: { email: string; name: string; networks: readonly string[] }): Issue[] {
  const key = foldKey(password).replaceAll(' ', '')
  const own = [
    email.split('@')[0] ?? '',
    ...(email.split('@')[1]?.split('.') ?? []),
    ...name.split(/\s+/),
    ...networks.flatMap((each) => [each, ...each.split(/[^\p{L}\p{N}]+/u)]),
    'puente',
    'password',
    'contrasena',
    'matkhau',
    'mima',
  ]
    .map((part) => foldKey(part).replaceAll(' ', ''))
    .filter((part) => part.length >= 3)
    .toSorted((one, other) => other.length - one.length)
  const rest = own.reduce((left, part) => left.replaceAll(part, ''), key)
  const isOwn = rest.replaceAll(/\d/g, '').length < 4 && own.some((part) => key.includes(part))
  const isEasy = new Set(key).size < 5 || runs.some((run) => run.includes(key))
  return isOwn || isEasy ? [{ path: 'password', code: 'easily_guessed' }] : []
}
