// Takes pictures of pages for people to look at: node scripts/pictures.ts FOLDER [PATH …]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launchBrowser, visitor } from '../test/support/browser.ts'

const [folder = 'pictures', ...asked] = process.argv.slice(2)
const base = process.env['PUENTE_URL'] ?? 'http://localhost:3000'
const paths =
  asked.length > 0
    ? asked
    : ['/', '/organizations', '/organizations/cigb', '/agreements', '/agreements/a-001', '/sources', '/search?q=vaccine', '/corrections/new', '/nowhere']
const languages = (process.env['LANGUAGES'] ?? 'en,es,zh,vi').split(',')
const looks = [
  { name: 'desktop-light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'phone-light', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'desktop-dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  { name: 'phone-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const

mkdirSync(folder, { recursive: true })
const browser = await launchBrowser()
for (const { name, ...look } of looks.filter((each) => (process.env['LOOKS'] ?? each.name).split(',').includes(each.name))) {
  const context = await visitor(browser, look)
  const page = await context.newPage()
  for (const language of languages) {
    for (const path of paths) {
      await page.goto(`${base}/${language}${path === '/' ? '' : path}`, { waitUntil: 'networkidle' })
      await page.evaluate('document.fonts.ready')
      await page.reload({ waitUntil: 'networkidle' }) // the fonts are there from the first paint now
      const file = `${path.replaceAll(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'home'}.${language}.${name}.png`
      await page.screenshot({ path: join(folder, file), fullPage: process.env['FULL'] !== '0' })
    }
  }
  await context.close()
}
await browser.close()
