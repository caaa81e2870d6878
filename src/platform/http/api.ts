import { OpenAPIHono, z } from '@hono/zod-openapi'
import { refuse } from '../errors.ts'
import { issuesOf } from '../issues.ts'
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

/** The refusals that any read may answer with. */
export const readRefusals = {
  400: refusal('A cursor that no page gave'),
  422: refusal('Something in the query does not fit; all of it is listed'),
  429: refusal('Too many requests'),
}
/** The refusals of a read of one thing. */
export const oneRefusals = { 404: refusal('Not there, or not for you'), 429: refusal('Too many requests') }
/** The refusals of a write. */
export const writeRefusals = { ...readRefusals, 400: refusal('Not JSON'), 413: refusal('Too large'), 415: refusal('Not application/json') }

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
