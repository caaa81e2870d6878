import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { HTTPException } from 'hono/http-exception'
import { refuse, Refusal, type Issue } from '../errors.ts'
import { platformTexts } from '../i18n/index.ts'
import type { Language } from '../i18n/languages.ts'
import { RefusalPage } from '../ui/refusal-page.tsx'
import { isApi, type Ctx } from './context.ts'
import { viewOf } from './view.ts'

/** What went wrong, as a refusal: what the doors throw, what the libraries throw, and faults of ours. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof HTTPException) {
    if (error.status === 403) return refuse('csrf_refused')
    if (error.status === 413) return refuse('body_too_large', { limit: '' })
    return refuse('bad_request')
  }
  // A form whose parts cannot be told apart.
  if (error instanceof TypeError && error.message.startsWith('Failed to parse body')) return refuse('bad_request')
  const code = (error as { code?: unknown } | null)?.code
  // Data that PostgreSQL cannot read as what it should be: a cursor or a search made by hand.
  if (typeof code === 'string' && /^22\d\d\d$/.test(code)) return refuse('bad_request')
  if (code === '53100' || code === 'ENOSPC') return refuse('storage_full')
  if (typeof code === 'string' && /^(08|57P|53|ECONN|EPIPE|ETIMEDOUT|57014)/.test(code)) return refuse('unavailable')
  return refuse('internal')
}

/** Answers with a page or, under `/api/`, with RFC 9457 problem details; the same words in both. */
export function answerRefusal(c: Ctx, refusal: Refusal): Response | Promise<Response> {
  const status = refusal.status as ContentfulStatusCode
  if (status === 503) c.header('Retry-After', '5')
  if (refusal.code === 'too_many_requests') c.header('Retry-After', String(refusal.params['n']))
  const challenge = challengeOf(refusal)
  if (challenge !== undefined) c.header('WWW-Authenticate', challenge)
  c.header('Cache-Control', 'no-store')
  if (!isApi(c)) return c.html(<RefusalPage view={viewOf(c)} refusal={refusal} requestId={c.var.requestId} />, status)
  const say = platformTexts[c.var.language]
  return c.body(
    JSON.stringify({
      type: 'about:blank',
      title: say(`refusal.${refusal.code}`, refusal.params),
      status,
      code: refusal.code,
      instance: c.req.path,
      request_id: c.var.requestId,
      ...(refusal.issues.length > 0 && {
        issues: refusal.issues.map((issue) => ({ path: issue.path, code: issue.code, message: sayIssue(issue, c.var.language) })),
      }),
    }),
    status,
    { 'Content-Type': 'application/problem+json; charset=utf-8' },
  )
}

/** What a program is told about the key it sent, or did not send (RFC 6750, section 3). */
function challengeOf({ code, status, params }: Refusal): string | undefined {
  if (code === 'key_scope') return `Bearer realm="Puente", error="insufficient_scope", scope="${params['scope']}"`
  if (code === 'key_needed') return 'Bearer realm="Puente"'
  return status === 401 ? 'Bearer realm="Puente", error="invalid_token"' : undefined
}

/** The sentence for one thing that is wrong with an input. */
export const sayIssue = (issue: Issue, language: Language): string => platformTexts[language](`issue.${issue.code}`, issue.params)
