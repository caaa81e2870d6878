import { getConnInfo } from '@hono/node-server/conninfo'
import type { Ctx } from './context.ts'

/**
 * The address a request comes from: that of the connection, or, with trusted proxies in front (`PUENTE_PROXIES`), what the outermost of them says.
 * Addresses of version 6 are shortened to their network, which one visitor usually has whole.
 */
export function clientAddress(c: Ctx): string {
  const { proxies } = c.var.deps.config
  const forwarded = (c.req.header('x-forwarded-for') ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  const address = proxies > 0 ? (forwarded.at(-proxies) ?? connectionAddress(c)) : connectionAddress(c)
  const plain = address.replace(/^::ffff:/, '')
  return plain.includes(':') && plain !== '::1' ? network(plain) : plain
}

/** The first 64 bits of an address of version 6, written out: `2001:db8::1` is of `2001:db8:0:0`. */
function network(address: string): string {
  const [head = '', tail] = address.split('::')
  const groups = (part: string) => part.split(':').filter(Boolean)
  const after = groups(tail ?? '')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups(head).length - after.length)
  return [...groups(head), ...Array<string>(zeros).fill('0'), ...after].slice(0, 4).join(':')
}

/** Whether a request was made on this machine itself, not through a proxy. */
export function isLocal(c: Ctx): boolean {
  if (c.req.header('x-forwarded-for') !== undefined) return false
  return ['127.0.0.1', '::1'].includes(connectionAddress(c).replace(/^::ffff:/, ''))
}

function connectionAddress(c: Ctx): string {
  // Tests call the app without a connection.
  if ((c.env as { incoming?: unknown } | undefined)?.incoming === undefined) return '127.0.0.1'
  return getConnInfo(c).remote.address ?? 'unknown'
}
