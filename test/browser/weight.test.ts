import { request } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { languages, type Language } from '../../src/platform/i18n/languages.ts'
import { newId } from '../../src/platform/id.ts'
import { withOneMember } from '../support/members.ts'
import { todays } from '../support/share.ts'
import { withListings } from '../support/shown.ts'
import { addressOf, onTheWeb, openKind, pageKinds, type PageKind } from '../support/site.ts'

const site = onTheWeb({ PUENTE_PROXIES: '1' })
withOneMember(site)
withListings(site)

const most = 30 * 1024
const kindsIn = (language: Language) => pageKinds.filter((_, at) => todays(languages, 1, at).includes(language))

describe.each(languages)('the first visit in %s to', (language) => {
  test.each(kindsIn(language))('$kind costs at most thirty kilobytes, and as many for scripts', async (kind) => {
    const page = await fetchKind(language, kind)
    const styles = await Promise.all(linked(page.text, /<link rel="stylesheet" href="([^"]+)"/g).map((path) => fetchZipped(path)))
    const scripts = await Promise.all(linked(page.text, /<script[^>]* src="([^"]+)"/g).map((path) => fetchZipped(path)))
    expect(page.status).toBe(kind.status)
    expect(styles, `${kind.kind} has its style`).toHaveLength(1)
    expect(sum([page, ...styles]), `bytes of HTML and CSS of ${kind.kind} in ${language}`).toBeLessThanOrEqual(most)
    expect(sum(scripts), `bytes of JavaScript of ${kind.kind} in ${language}`).toBeLessThanOrEqual(most)
    expect(page.text, `${kind.kind} has no script or style of its own`).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/)
  })

  test.each(kindsIn(language))('$kind asks nobody else, loads no font and no picture, and breaks no rule', async (kind) => {
    const context = await site().browser.newContext({ extraHTTPHeaders: { 'x-forwarded-for': `browser ${language}` } })
    const asked: string[] = []
    const broken: string[] = []
    context.on('request', (made) => void asked.push(`${made.resourceType()} ${made.url()}`))
    context.on('console', (message) => void broken.push(message.text()))
    context.on('weberror', (error) => void broken.push(error.error().message))
    await context.exposeFunction('breach', (directive: string) => void broken.push(directive))
    await context.addInitScript(
      `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => breach(violatedDirective + ' ' + blockedURI))`,
    )
    try {
      await openKind(await context.newPage(), site(), language, kind)
    } finally {
      await context.close()
    }
    const elsewhere = asked.filter((each) => !each.includes(` ${site().base}/`))
    expect(elsewhere, `requests of ${kind.kind} to other hosts`).toEqual([])
    expect(
      asked.filter((each) => !/^(document|stylesheet|script) /.test(each) && !/\/assets\/icon\./.test(each)),
      `downloads of ${kind.kind}`,
    ).toEqual([])
    // The browser says so itself when a page is a refusal.
    const refusal = `Failed to load resource: the server responded with a status of ${kind.status} `
    expect(
      broken.filter((words) => kind.status === 200 || !words.startsWith(refusal)),
      `complaints of the browser about ${kind.kind}`,
    ).toEqual([])
  })
})

type Fetched = { status: number; bytes: number; text: string }

const sum = (fetched: Fetched[]) => fetched.reduce((total, { bytes }) => total + bytes, 0)
const linked = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map(([, path = '']) => path)

function fetchKind(language: Language, { path, sentEmpty }: PageKind): Promise<Fetched> {
  if (sentEmpty === undefined) return fetchZipped(addressOf(language, path))
  return fetchZipped(addressOf(language, sentEmpty), new URLSearchParams({ id: newId(), about: '', claim: '', contact: '' }).toString())
}

/** Asks as a browser does, and counts what came over the line. */
function fetchZipped(path: string, form?: string): Promise<Fetched> {
  const headers = {
    'accept-encoding': 'gzip',
    'x-forwarded-for': 'somebody',
    ...(form && { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }),
  }
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, site().base), { method: form === undefined ? 'GET' : 'POST', headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => void parts.push(part))
      response.on('error', reject)
      response.on('end', () => {
        const body = Buffer.concat(parts)
        const text = response.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
        resolve({ status: response.statusCode ?? 0, bytes: body.length, text: text.toString('utf8') })
      })
    })
    asked.on('error', reject)
    asked.end(form)
  })
}
