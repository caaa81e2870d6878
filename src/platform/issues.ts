import type { z } from 'zod'
import { refuse, type Issue, type IssueCode } from './errors.ts'

/** All that zod found wrong, as issues with sentences in four languages. */
export function issuesOf(error: z.core.$ZodError): Issue[] {
  return error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), ...sentence(issue) }))
}

/**
 * Reads an input by its schema.
 *
 * @throws Refusal `invalid_input` with every issue, not only the first
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input, { reportInput: true })
  if (!parsed.success) throw refuse('invalid_input', {}, issuesOf(parsed.error))
  return parsed.data
}

function sentence(issue: z.core.$ZodIssue): Pick<Issue, 'code' | 'params'> {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin !== 'string') return beyond(issue.origin, issue.inclusive === false ? 'not_above' : 'too_low', issue.minimum)
      return issue.minimum === 1 ? { code: 'required' } : { code: 'too_short', params: { n: Number(issue.minimum) } }
    case 'too_big':
      return issue.origin === 'string'
        ? { code: 'too_long', params: { n: Number(issue.maximum) } }
        : beyond(issue.origin, issue.inclusive === false ? 'not_below' : 'too_high', issue.maximum)
    case 'invalid_type':
      if (issue.input === undefined) return { code: 'required' }
      return { code: issue.expected === 'number' || issue.expected === 'int' ? 'not_a_number' : 'wrong_form' }
    case 'invalid_value':
      // Told only to who asks for it (`reportInput`): that nothing was chosen is another thing than a wrong choice.
      if ('input' in issue && (issue.input === undefined || issue.input === '')) return { code: 'required' }
      return { code: 'not_one_of', params: { values: issue.values.map(String).slice(0, 20).join(', ') } }
    case 'invalid_format':
      return { code: issue.format === 'url' || issue.format === 'email' ? 'not_an_address' : 'wrong_form' }
    case 'unrecognized_keys':
      return { code: 'unknown_field', params: { names: issue.keys.slice(0, 10).join(', ') } }
    case 'custom': {
      // Our own checks name their sentence: z.string().refine(isEdtf, { params: { code: 'not_a_date' } })
      const { code = 'wrong_form', ...params } = (issue.params ?? {}) as { code?: IssueCode } & Record<string, string>
      return { code, params: { value: typeof issue.input === 'string' ? issue.input.slice(0, 80) : '', ...params } }
    }
    default:
      return { code: 'wrong_form' }
  }
}

/** Of a number, which limit it passes. */
const beyond = (origin: string, code: IssueCode, limit: number | bigint): Pick<Issue, 'code' | 'params'> =>
  origin === 'number' || origin === 'int' ? { code, params: { limit: Number(limit) } } : { code: 'out_of_range' }
