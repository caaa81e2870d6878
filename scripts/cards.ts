// Draws the cards that social networks and messengers show beside a link, one for each language: node scripts/cards.ts, with a server running (PUENTE_URL).
import { join } from 'node:path'
import { languages } from '../src/platform/i18n/languages.ts'
import { root } from '../src/platform/root.ts'
import { launchBrowser, visitor } from '../test/support/browser.ts'

const base = process.env['PUENTE_URL'] ?? 'http://localhost:3000'
const size = { width: 1200, height: 630 }

// The home page's own heading and map, laid out for a card; nothing else of the page stays.
const layout = `
  body { display: block; margin: 0; }
  .card { position: relative; box-sizing: border-box; width: 1200px; height: 630px; padding: 44px 64px 0; overflow: hidden; }
  .card .brand { font-size: 26px; display: flex; gap: 12px; align-items: center; margin-bottom: 14px; text-decoration: none; }
  .card .brand svg { width: 44px; height: 30px; }
  .card h1 { font-size: 46px; line-height: 1.2; margin: 0; max-width: 1072px; text-wrap: balance; }
  .card .map { position: absolute; left: 140px; bottom: 0; width: 920px; height: auto; max-height: none; }
  .card .map text { display: none; }
  .card .map circle { stroke-width: 0; }`

const browser = await launchBrowser()
const context = await visitor(browser, { viewport: size, colorScheme: 'light', bypassCSP: true })
const page = await context.newPage()
for (const language of languages) {
  await page.goto(`${base}/${language}`, { waitUntil: 'networkidle' })
  await page.addStyleTag({ content: layout })
  await page.evaluate(`{
    const [brand, heading, map] = ['.brand', 'h1', '.map'].map((selector) => document.querySelector(selector))
    const [card, words] = [document.createElement('div'), document.createElement('div')]
    card.className = 'card'
    words.append(brand, heading)
    card.append(words, map)
    document.body.replaceChildren(card)
  }`)
  await page.evaluate('document.fonts.ready')
  await page.waitForTimeout(300)
  await page.screenshot({ path: join(root, 'src/platform/ui/cards', `${language}.png`), clip: { x: 0, y: 0, ...size } })
}
await browser.close()
