import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { ScopeName } from '../access/scopes.ts'
import { refuse } from '../errors.ts'
import { issuesOf } from '../issues.ts'
import { requireScope } from './api-key.ts'
import type { Env } from './context.ts'

/** A part of the API: routes with their contract, all issues of an input answered at once. */
export function apiRouter(): OpenAPIHono<Env> {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success) throw refuse('invalid_input', {}, issuesOf(result.error))
    },
  })
}

/** RFC 9457, as every refusal under `/api/` is answered. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string().describe('What happened and what to do, in the language asked for'),
    status: z.int(),
    code: z.string().describe('The refusal, the same in every language and version'),
    instance: z.string(),
    request_id: z.string(),
    issues: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem')

const refusal = (description: string) => ({ description, content: { 'application/problem+json': { schema: problem } } })

const keyRefusals = { 401: refusal('The key is not known, has ended, or rests'), 403: refusal('The key lacks the scope that is named') }

/** The refusals that any read may answer with. */
export const readRefusals = {
  ...keyRefusals,
  400: refusal('A cursor that no page gave'),
  422: refusal('Something in the query does not fit; all of it is listed'),
  429: refusal('Too many requests'),
}
/** The refusals of a read of one thing. */
export const oneRefusals = { ...keyRefusals, 404: refusal('Not there, or not for you'), 429: refusal('Too many requests') }
/** The refusals of a write. */
export const writeRefusals = {
  ...readRefusals,
  400: refusal('Not JSON, or an Idempotency-Key that cannot be taken'),
  409: refusal('The same Idempotency-Key is being worked on, or its answer was lost'),
  413: refusal('Too large'),
  415: refusal('Not application/json'),
}

/** How the contract names the key, and describes it. */
export const keyScheme = {
  name: 'key',
  scheme: {
    type: 'http',
    scheme: 'bearer',
    description:
      'A key of a person or of a member, made on the pages /account/api-keys and /members/{key}/api-keys. Each operation names the scope that a key needs. Each answer to a key carries RateLimit and RateLimit-Policy; too many requests are refused with Retry-After.',
  },
} as const

/** What a key needs for an operation; without a key it is open to whom it is open. Spread into `createRoute`. */
export const needs = (scope: ScopeName) => ({
  security: [{}, { [keyScheme.name]: [scope] }] as Record<string, string[]>[],
  middleware: requireScope(scope),
})

/** What every POST takes: sent again with the same key and the same body, it is answered the same, and nothing is done twice. */
export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .describe(
      '1 to 255 visible characters, from a visitor without a key a UUID. For a day, the same request with it gets the first answer again, marked Idempotent-Replayed.',
    )
    .openapi({ example: '0197a3f2-5c1e-7cc0-9a51-0f6f2f3c8a10' }),
})

/** An answer of JSON. */
export const json = <S extends z.ZodType>(description: string, schema: S) => ({ description, content: { 'application/json': { schema } } })

/** One page of a list. */
export const listOf = <S extends z.ZodType>(item: S) =>
  z.object({
    items: z.array(item),
    total: z.int().describe('How many fit the filters; a number above 1000 means "more than 1000"'),
    next: z.string().nullable().describe('Cursor of the next page'),
    previous: z.string().nullable().describe('Cursor of the page before'),
  })
