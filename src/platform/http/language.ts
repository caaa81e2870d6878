import type { MiddlewareHandler } from 'hono'
import { htmlLanguage, isLanguage, preferredLanguage } from '../i18n/languages.ts'
import type { Env } from './context.ts'

/**
 * The path that routes see: `/es/organizations` and `/organizations` are one page. Given to Hono as `getPath`.
 */
export function pathWithoutLanguage(request: Request): string {
  const path = new URL(request.url).pathname
  const prefix = languagePrefix(path)
  return path.slice(prefix.length) || '/'
}

/** `/es` for a path that begins with a language, else the empty string. */
export function languagePrefix(path: string): string {
  const first = path.split('/', 2)[1]
  return isLanguage(first) ? `/${first}` : ''
}

/** Decides the language: the one in the address, else the one the browser asks for. */
export const language: MiddlewareHandler<Env> = async (c, next) => {
  const prefix = languagePrefix(new URL(c.req.url).pathname)
  const fromPath = prefix.slice(1)
  const chosen = isLanguage(fromPath) ? fromPath : preferredLanguage(c.req.header('accept-language'))
  c.set('language', chosen)
  c.set('languagePrefix', prefix)
  await next()
  if (!c.res.headers.has('content-language')) c.header('Content-Language', htmlLanguage[chosen])
  if (prefix === '') c.header('Vary', 'Accept-Language', { append: true })
}
