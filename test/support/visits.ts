import type { BrowserContextOptions, Locator, Page, Response } from 'playwright-core'
import { describe, test } from 'vitest'
import { languages, type Language } from '../../src/platform/i18n/languages.ts'
import { todays } from './share.ts'
import { addressOf, type Site } from './site.ts'

export type Visit = Site & { page: Page; language: Language; javaScript: boolean; go: (path: string) => Promise<Response | null> }

const desktop = { width: 1280, height: 900 }

/** Stories on a site. */
export function visitsOf(site: () => Site) {
  let visitors = 0
  let stories = 0

  /** Tells a story in each language (of a share, in one of them), with JavaScript and without, each time as a new visitor. */
  function everyVisitor(story: string, tell: (visit: Visit) => Promise<void>, options: BrowserContextOptions = {}) {
    stories += 1
    const turn = stories
    describe.each([
      { how: 'with JavaScript', javaScriptEnabled: true, spoken: todays(languages, 1, turn) },
      { how: 'without JavaScript', javaScriptEnabled: false, spoken: todays(languages, 1, turn + 2) },
    ])('$how', ({ javaScriptEnabled, spoken }) => {
      test.each(spoken)(`${story} (%s)`, async (language) => {
        visitors += 1
        const extraHTTPHeaders = { 'x-forwarded-for': `10.1.0.${visitors}` }
        const context = await site().browser.newContext({ viewport: desktop, javaScriptEnabled, extraHTTPHeaders, ...options })
        try {
          const page = await context.newPage()
          await tell({ ...site(), page, language, javaScript: javaScriptEnabled, go: (path) => page.goto(site().base + addressOf(language, path)) })
        } finally {
          await context.close()
        }
      })
    })
  }

  return { everyVisitor, at: (page: Page) => page.url().slice(site().base.length) }
}

/** Follows a link to where it leads. */
export async function follow(page: Page, link: Locator) {
  const to = new URL((await link.getAttribute('href')) ?? '', page.url()).href
  await link.click()
  await page.waitForURL((url) => url.href === to)
}

export const texts = async (locator: Locator) => (await locator.allInnerTexts()).map((text) => text.trim())

/** The first link of each row of the table. */
export const firstLinks = (page: Page) => page.evaluate<string[]>(`[...document.querySelectorAll('tbody td:first-child a')].map((link) => link.pathname)`)
