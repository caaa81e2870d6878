import { expect, test } from 'vitest'
import { maxBody, maxUrl } from '../src/platform/http/limits.ts'
import { platformTexts } from '../src/platform/i18n/index.ts'
import { languages } from '../src/platform/i18n/languages.ts'
import { newId } from '../src/platform/id.ts'
import { onBothEngines, sql } from './support/world.ts'

const jsonBody = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

onBothEngines('refusals', (world) => {
  const corrections = async () => (await world().rows(sql<{ n: number }>`select count(*)::int as n from record.correction`))[0]?.n

  test.each([
    ['an unknown page', '/en/nowhere', {}, 404, 'not_found'],
    ['an unknown organization', '/en/organizations/nobody', {}, 404, 'not_found'],
    ['an id that cannot be one', "/en/organizations/'%20or%201=1", {}, 404, 'not_found'],
    ['a path that tries to climb', '/en/organizations/..%2f..%2fetc%2fpasswd', {}, 404, 'not_found'],
    ['an unknown asset', '/assets/puente.000000000000.css', {}, 404, 'not_found'],
    ['a wrong method', '/en/organizations', { method: 'DELETE', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 405, 'method_not_allowed'],
    ['a kind that cannot be one', '/en/organizations?kind=in+force', {}, 422, 'invalid_input'],
    ['a wrong filter', '/en/events?period=May', {}, 422, 'invalid_input'],
    ['a time that is none', '/en/events/e-001?as_of=2016-13', {}, 422, 'invalid_input'],
    ['an entry asked for as another kind', '/en/agreements/cigb', {}, 404, 'not_found'],
    ['an unknown dispute', '/en/disputes/k-999', {}, 404, 'not_found'],
    ['a page that is gone', '/en/organizations/cigb/agreements', {}, 404, 'not_found'],
    ['a cursor made by hand', '/en/organizations?cursor=abc', {}, 400, 'bad_cursor'],
    [
      'a cursor with a date that is none',
      `/en/agreements?cursor=${Buffer.from(JSON.stringify(['after', '2024-99-99', newId()])).toString('base64url')}`,
      {},
      400,
      'bad_request',
    ],
    ['an address too long', `/en/search?q=${'a'.repeat(maxUrl)}`, {}, 414, 'address_too_long'],
    [
      'a form from another site',
      '/corrections',
      { method: 'POST', body: new URLSearchParams({ claim: 'x' }), headers: { 'sec-fetch-site': 'cross-site', origin: 'https://example.org' } },
      403,
      'csrf_refused',
    ],
    [
      'a body too large',
      '/corrections',
      { method: 'POST', body: new URLSearchParams({ claim: 'x'.repeat(maxBody) }), headers: { 'sec-fetch-site': 'same-origin' } },
      413,
      'body_too_large',
    ],
    ['a body of another type', '/corrections', { method: 'POST', body: '<x/>', headers: { 'content-type': 'text/xml' } }, 415, 'unsupported_media_type'],
  ] satisfies [string, string, RequestInit, number, keyof typeof import('../src/platform/errors.ts').refusals][])(
    '%s: a page that says what to do',
    async (_, path, init, status, code) => {
      const before = await corrections()
      const answer = await world().ask(path, init)
      const page = await answer.text()
      const language = path.startsWith('/en') ? 'en' : 'es'
      expect(answer.status).toBe(status)
      expect(page).toContain('<h1')
      const sentence = platformTexts[language](`refusal.${code}`).split('{')[0] ?? ''
      if (language === 'en') expect(page.replaceAll('&#39;', "'")).toContain(sentence)
      expect(await corrections()).toBe(before)
    },
  )

  test.each(languages)('in %s, with all that is wrong', async (language) => {
    const answer = await world().ask(`/${language}/organizations?kind=Castle!&country=Cuba&sort=size&disputed=perhaps&as_of=then&organization=CIGB&field=1`)
    const page = await answer.text()
    expect(answer.status).toBe(422)
    for (const field of ['kind', 'country', 'sort', 'disputed', 'as_of', 'organization', 'field']) expect(page).toContain(`<code>${field}</code>`)
    expect(page).toContain(`<html lang="${language === 'zh' ? 'zh-Hans' : language}">`)
  })

  test.each([
    ['an unknown path', '/api/v1/nothing', {}, 404, 'not_found'],
    ['an unknown key', '/api/v1/record/organizations/nobody', {}, 404, 'not_found'],
    ['a key that cannot be one', '/api/v1/record/organizations/NOBODY', {}, 422, 'invalid_input'],
    [
      'a wrong method',
      '/api/v1/record/organizations',
      { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{}' },
      405,
      'method_not_allowed',
    ],
    ['a wrong filter', '/api/v1/record/agreements?disputed=maybe', {}, 422, 'invalid_input'],
    ['a filter that is none', '/api/v1/record/agreements?statsu=signed', {}, 422, 'invalid_input'],
    ['a cursor of another list', '/api/v1/record/events?cursor=abc', {}, 400, 'bad_cursor'],
    ['a place in a download', '/api/v1/record/events.csv?cursor=abc', {}, 422, 'invalid_input'],
    ['a form of download that is none', '/api/v1/record/events.pdf', {}, 404, 'not_found'],
    ['an entry of another kind', '/api/v1/record/events/cigb/json-ld', {}, 404, 'not_found'],
    ['an unknown dispute', '/api/v1/record/disputes/k-999', {}, 404, 'not_found'],
    ['not JSON', '/api/v1/corrections', jsonBody('{'), 400, 'bad_request'],
    ['no body', '/api/v1/corrections', jsonBody(''), 400, 'bad_request'],
    ['another type', '/api/v1/corrections', { method: 'POST', body: new URLSearchParams({ claim: 'x' }) }, 415, 'unsupported_media_type'],
    ['no type', '/api/v1/corrections', { method: 'POST' }, 415, 'unsupported_media_type'],
    ['too large', '/api/v1/corrections', jsonBody({ claim: 'x'.repeat(maxBody) }), 413, 'body_too_large'],
    ['a field that is not known', '/api/v1/corrections', jsonBody({ id: newId(), claim: 'x', admin: true }), 422, 'invalid_input'],
  ] satisfies [string, string, RequestInit, number, string][])('%s: problem details', async (_, path, init, status, code) => {
    const answer = await world().ask(path, init)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json; charset=utf-8'])
    expect(await answer.json()).toMatchObject({ status, code, instance: path.split('?')[0], request_id: answer.headers.get('x-request-id') })
  })

  test('problem details list all issues with their paths, in the language asked for', async () => {
    const answer = await world().ask('/api/v1/corrections', {
      ...jsonBody({ id: 'x', claim: '', contact: 'nobody' }),
      headers: { 'content-type': 'application/json', 'accept-language': 'es' },
    })
    const problem = (await answer.json()) as { issues: { path: string; message: string }[] }
    expect(problem.issues.map(({ path }) => path)).toEqual(['id', 'claim', 'contact'])
    expect(problem.issues[1]?.message).toBe('falta')
    expect(await corrections()).toBe(0)
  })

  test('a wrong method names those that fit', async () => {
    expect((await world().ask('/api/v1/corrections', { method: 'PUT', headers: { 'content-type': 'application/json' } })).headers.get('allow')).toBe('POST')
    expect(
      (await world().ask('/en/organizations/cigb', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } })).headers.get('allow'),
    ).toBe('GET, HEAD')
  })
})

onBothEngines('a fault of ours', (world) => {
  test('says nothing of itself to the visitor and everything to the log', async () => {
    await world().rows(sql`alter table record.catalogue rename column acronym to acronym_gone`)
    const answer = await world().ask('/en/organizations')
    const page = await answer.text()
    expect(answer.status).toBe(500)
    expect(page).toContain(answer.headers.get('x-request-id'))
    expect(page).not.toMatch(/acronym|record\.|select|column/)
    expect(world().logged.find(({ level }) => level === 50)).toMatchObject({
      id: answer.headers.get('x-request-id'),
      error: expect.stringContaining('acronym'),
    })
    await world().rows(sql`alter table record.catalogue rename column acronym_gone to acronym`)
  })
})

onBothEngines(
  'too many requests',
  (world) => {
    test('are slowed down by address, with the time to wait', async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => world().ask('/en/corrections/new')))
      const refused = answers.filter(({ status }) => status === 429)
      expect(refused).toHaveLength(2)
      expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
      expect((await world().ask('/healthz')).status).toBe(200)
    })
  },
  { PUENTE_RATE: '10' },
)
