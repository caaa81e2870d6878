import { HTTPException } from 'hono/http-exception'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { refuse, Refusal, refusals, type IssueCode, type RefusalCode } from './errors.ts'
import { asRefusal, sayIssue } from './http/refusals.tsx'
import { platformTexts } from './i18n/index.ts'
import { languages } from './i18n/languages.ts'
import { issuesOf, parseInput } from './issues.ts'

const codes = Object.entries(refusals)

describe('every refusal', () => {
  test.each(Object.keys(refusals))('%s has a sentence in every language', (code) => {
    for (const language of languages) {
      const sentence = platformTexts.files[language][`refusal.${code}`]
      for (const form of typeof sentence === 'string' ? [sentence] : Object.values(sentence ?? {})) expect(form.length).toBeGreaterThan(3)
      expect(sentence, language).toBeDefined()
    }
  })

  test('has a status of HTTP that says no', () => {
    for (const [code, { status }] of codes) expect(status >= 400 && status < 600, code).toBe(true)
  })

  test('has an exit code that is not zero and that no shell uses itself', () => {
    for (const [code, { exit }] of codes) expect(exit >= 1 && exit < 126, code).toBe(true)
  })

  test('that is a fault of ours has a status of ours', () => {
    for (const [code, { status, exit }] of codes) if (exit === 1 || exit === 5) expect(status, code).toBe(500)
  })
})

test('a refusal carries its code, its words and all its issues', () => {
  const issues = [{ path: 'name', code: 'required' }] as const
  const refusal = refuse('config_invalid', { reason: 'PORT is missing' }, issues)
  expect(refusal).toBeInstanceOf(Refusal)
  expect(refusal).toBeInstanceOf(Error)
  expect(refusal).toMatchObject({
    code: 'config_invalid',
    status: 500,
    exit: 2,
    message: 'config_invalid: PORT is missing',
    params: { reason: 'PORT is missing' },
  })
  expect(refusal.issues).toEqual(issues)
  expect(refuse('not_found')).toMatchObject({ message: 'not_found', params: {}, issues: [] })
})

const schema = z.strictObject({
  name: z.string().min(1).max(5),
  code: z.string().min(3),
  kind: z.enum(['one', 'two']),
  count: z.number().max(10),
  page: z.int(),
  address: z.url(),
  day: z.string().refine((text) => text.startsWith('2'), { params: { code: 'not_a_date' } }),
  parties: z.array(z.object({ key: z.string().regex(/^[a-z]+$/) })).max(2),
})

const bad = {
  name: '',
  code: 'a',
  kind: 'three',
  count: 11,
  page: 'x',
  address: 'nowhere',
  day: 'monday',
  parties: [{ key: 'fine' }, { key: 'N O' }],
  extra: 1,
}

describe('the issues of an input', () => {
  test('are all found, each with the way to its field', () => {
    const { error } = schema.safeParse(bad, { reportInput: true })
    const found = error && issuesOf(error)
    expect(found).toHaveLength(9)
    expect(found).toEqual(
      expect.arrayContaining([
        { path: 'name', code: 'required' },
        { path: 'code', code: 'too_short', params: { n: 3 } },
        { path: 'kind', code: 'not_one_of', params: { values: 'one, two' } },
        { path: 'count', code: 'too_high', params: { limit: 10 } },
        { path: 'page', code: 'not_a_number' },
        { path: 'address', code: 'not_an_address' },
        { path: 'day', code: 'not_a_date', params: { value: 'monday' } },
        { path: 'parties.1.key', code: 'wrong_form' },
        { path: '', code: 'unknown_field', params: { names: 'extra' } },
      ]),
    )
  })

  test('are thrown together', () => {
    try {
      parseInput(schema, bad)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal)
      expect(error).toMatchObject({ code: 'invalid_input', status: 422, exit: 3 })
      expect((error instanceof Refusal ? error.issues : []).map(({ path }) => path)).toContain('parties.1.key')
    }
  })

  test('of a field that is lacking say that it is lacking', () => {
    const { error } = schema.safeParse({ parties: [{}] }, { reportInput: true })
    const found = error && issuesOf(error)
    expect(found).toContainEqual({ path: 'name', code: 'required' })
    expect(found).toContainEqual({ path: 'parties.0.key', code: 'required' })
  })

  test('count characters and list entries apart', () => {
    expect(issuesOf(z.string().max(5).safeParse('too long').error ?? new z.ZodError([]))).toEqual([{ path: '', code: 'too_long', params: { n: 5 } }])
    expect(issuesOf(z.array(z.string()).max(1).safeParse(['a', 'b']).error ?? new z.ZodError([]))).toEqual([{ path: '', code: 'out_of_range' }])
  })

  test('repeat no more than a line of what was sent', () => {
    const { error } = z
      .string()
      .refine(() => false)
      .safeParse('x'.repeat(10_000), { reportInput: true })
    expect(JSON.stringify(error && issuesOf(error)).length).toBeLessThan(200)
  })

  test('are none when there is nothing wrong', () => {
    expect(parseInput(z.object({ n: z.coerce.number() }), { n: '5', other: true })).toEqual({ n: 5 })
  })

  test('have a sentence in every language', () => {
    const params = {
      n: 3,
      values: 'a, b',
      names: 'x',
      value: 'y',
      line: 4,
      columns: 'a,b',
      given: 1,
      wanted: 2,
      limit: 256,
      day: '2026-11-22',
      other: 'z',
      name: 'a.pdf',
      type: 'PDF',
      accepted: 'PNG',
    }
    for (const key of Object.keys(platformTexts.files.en)) {
      if (!key.startsWith('issue.')) continue
      for (const language of languages) expect(sayIssue({ path: '', code: key.slice('issue.'.length) as IssueCode, params }, language)).not.toMatch(/[{}]|^$/)
    }
  })
})

const coded = (code: string) => Object.assign(new Error('from below'), { code })

describe('what went wrong', () => {
  test.each<[string, RefusalCode]>([
    ['22007', 'bad_request'],
    ['22021', 'bad_request'],
    ['22008', 'bad_request'],
    ['53100', 'storage_full'],
    ['ENOSPC', 'storage_full'],
    ['57P01', 'unavailable'],
    ['57014', 'unavailable'],
    ['53300', 'unavailable'],
    ['08006', 'unavailable'],
    ['ECONNREFUSED', 'unavailable'],
    ['ECONNRESET', 'unavailable'],
    ['ETIMEDOUT', 'unavailable'],
    ['EPIPE', 'unavailable'],
    ['23505', 'internal'],
    ['42501', 'internal'],
    ['EACCES', 'internal'],
    ['22', 'internal'],
  ])('below as %s is told as %s', (code, refused) => {
    expect(asRefusal(coded(code)).code).toBe(refused)
  })

  test.each([
    [403, 'csrf_refused'],
    [413, 'body_too_large'],
    [400, 'bad_request'],
  ] as const)('with status %i in the web library is told as %s', (status, refused) => {
    expect(asRefusal(new HTTPException(status)).code).toBe(refused)
  })

  test.each([[undefined], [null], ['a word'], [42], [new Error('a fault')], [{ code: 22 }]])(
    'otherwise (%s) is a fault of ours and tells nothing of itself',
    (thrown) => {
      const refusal = asRefusal(thrown)
      expect(refusal.code).toBe('internal')
      expect(refusal.params).toEqual({})
    },
  )

  test('and is a refusal already stays as it is', () => {
    const refusal = refuse('not_found')
    expect(asRefusal(refusal)).toBe(refusal)
  })
})
