import type { Issue } from '../../../platform/errors.ts'
import { foldKey } from '../../../platform/text/fold.ts'

const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890', 'abcdefghijklmnopqrstuvwxyz']

/** What is wrong with a password beside its length: it can be read off the account, or a machine guesses it among the first. */
export function passwordIssues(password: string, { email, name }: { email: string; name: string }): Issue[] {
  const key = foldKey(password).replaceAll(' ', '')
  const own = [email.split('@')[0] ?? '', email.split('@')[1]?.split('.')[0] ?? '', name, 'puente', 'password', 'contrasena', 'matkhau', 'mima'].map((part) =>
    foldKey(part).replaceAll(' ', ''),
  )
  const rest = own.filter((part) => part.length >= 3).reduce((left, part) => left.replaceAll(part, ''), key)
  const isOwn = rest.replaceAll(/\d/g, '').length < 4 && own.some((part) => part.length >= 3 && key.includes(part))
  const isEasy = new Set(key).size < 5 || rows.some((row) => (row + row + row).includes(key) || [...(row + row + row)].toReversed().join('').includes(key))
  return isOwn || isEasy ? [{ path: 'password', code: 'easily_guessed' }] : []
}
