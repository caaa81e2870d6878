import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core'
import { unpackChromium } from './chromium.ts'

const require = createRequire(import.meta.url)

// The system need not have these faces: the style sheet names them, so they are served to the browser under these names.
const faces = [
  { package: '@fontsource/noto-sans', weights: [400, 600], from: 'Noto Sans', as: 'Noto Sans' },
  { package: '@fontsource/noto-serif', weights: [600], from: 'Noto Serif', as: 'Noto Serif' },
  { package: '@fontsource/noto-sans-sc', weights: [400, 600], from: 'Noto Sans SC', as: 'Noto Sans CJK SC' },
]

// Served faces come first: with a system face in front that lacks the glyphs, the browser keeps boxes that it painted before they arrived.
const stacks = `:root, :lang(zh) { --sans: 'Noto Sans', 'Noto Sans CJK SC', sans-serif; --serif: 'Noto Serif', 'Noto Sans CJK SC', serif }`

/** Starts the browser that the tests bring along. */
export async function launchBrowser(): Promise<Browser> {
  const { path, env } = await unpackChromium()
  return chromium.launch({
    executablePath: path,
    env,
    args: [
      '--no-sandbox',
      '--headless=shell',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--font-render-hinting=none',
    ],
  })
}

/** A visitor with their own window and nothing kept from before, who has fonts for all four languages. */
export async function visitor(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options)
  await context.route(/\/assets\/puente\.[0-9a-f]+\.css$/, async (route) => {
    try {
      const response = await route.fetch()
      await route.fulfill({ response, body: `${await response.text()}\n${fontFaces()}\n${stacks}` })
    } catch (error) {
      // The page may have been left meanwhile.
      if (!/disposed|closed/.test(String(error))) throw error
    }
  })
  await context.route(/\/test-fonts\//, (route) => {
    const [, name = '', file = ''] = /\/test-fonts\/([\w-]+)\/([\w.-]+)$/.exec(route.request().url()) ?? []
    return route.fulfill({ path: join(fontDirectory(`@fontsource/${name}`), 'files', file), contentType: 'font/woff2' })
  })
  return context
}

const fontDirectory = (name: string) => dirname(require.resolve(`${name}/package.json`))

function fontFaces(): string {
  return faces
    .flatMap((face) => face.weights.map((weight) => ({ face, css: readFileSync(join(fontDirectory(face.package), `${weight}.css`), 'utf8') })))
    .map(({ face, css }) =>
      css
        .replaceAll(`font-family: '${face.from}'`, `font-family: '${face.as}'`)
        .replaceAll('font-display: swap', 'font-display: block')
        .replaceAll('url(./files/', `url(/test-fonts/${face.package.split('/')[1]}/`),
    )
    .join('\n')
}
