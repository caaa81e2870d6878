import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }, resultTypes: ['violations'] }

/** What axe finds that keeps people out, each with where it stands. */
export async function barriers(page: Page): Promise<string[]> {
  // While fonts come in, lines move.
  await page.evaluate(`document.fonts.ready.then(() => undefined)`)
  await page.evaluate(`document.querySelector('details.menu').open = true`)
  await page.evaluate(`window.axe || (0, eval)(${JSON.stringify(axe)})`)
  return page.evaluate<string[]>(`axe.run(document, ${JSON.stringify(rules)}).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' at ' + target.join(' ') + ': ' + failureSummary)))`)
}

/** If the page is wider than the window: what stands out of it. */
export const wider = `document.documentElement.scrollWidth <= innerWidth ? [] : [document.documentElement.scrollWidth + ' pixels wide', ...[...document.querySelectorAll('body *')]
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
  .map((element) => element.outerHTML.slice(0, 100))]`

/** Links of the navigation, the pages of a list and the foot that are lower than 24 pixels, with the folded menu open. */
export const low = `(document.querySelector('details.menu').open = true, [...document.querySelectorAll('nav a, footer a, summary')]
  .map((link) => ({ name: link.outerHTML.slice(0, 100), height: link.getBoundingClientRect().height }))
  .filter(({ height }) => height > 0 && height < 24))`
