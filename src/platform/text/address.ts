import { domainToUnicode } from 'node:url'
import { hiddenIn, mixedWord } from './visible.ts'

/**
 * Whether a web address says openly where it leads: without a name and password in front of the host, which look like one, and with a host whose labels do not
 * mix scripts as a copy of another's address would.
 */
export function isPlainAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { username, password, hostname } = new URL(address)
  const host = domainToUnicode(hostname)
  return username === '' && password === '' && host !== '' && hiddenIn(host, false) === undefined && mixedWord(host) === undefined
}
