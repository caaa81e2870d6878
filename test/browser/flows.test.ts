import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { countryName } from '../../src/platform/i18n/format.ts'
import { platformTexts } from '../../src/platform/i18n/index.ts'
import { htmlLanguage, languageNames, languages } from '../../src/platform/i18n/languages.ts'
import { recordTexts } from '../../src/modules/record/text/index.ts'
import { addressOf, onTheWeb, pageKinds } from '../support/site.ts'
import { firstLinks, follow, texts, visitsOf } from '../support/visits.ts'
import { readCells } from '../support/sheets.ts'
import { sql } from '../support/world.ts'

const site = onTheWeb({ PUENTE_PROXIES: '1' })

const { everyVisitor, at } = visitsOf(site)

const phone = { width: 390, height: 844 }

describe('a reader', () => {
  everyVisitor('finds a centre from the home page by words without accents', async ({ page, language, go }) => {
    await go('/')
    await page.getByRole('searchbox').fill('ingenieria genetica')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/search\?q=ingenieria/)
    await follow(page, page.locator('.hits a[href$="/organizations/cigb"]'))
    expect(at(page)).toBe(`/${language}/organizations/cigb`)
    expect(await page.locator('.facts').innerText()).toContain('Centro de Ingeniería Genética y Biotecnología')
  })

  everyVisitor('searches in another language, sees as what that was understood, and turns to the vocabulary', async ({ page, language, go }) => {
    await go('/search?q=anticuerpos+monoclonales+vacuna')
    const said = Number(/\d+/.exec(await page.getByRole('status').first().innerText())?.[0])
    expect(said).toBeGreaterThan(0)
    expect(await page.locator('nav.tabs [aria-current]').innerText()).toContain(String(said))
    expect(await texts(page.locator('.hits a[href*="/concepts/"]'))).toEqual([])
    await follow(page, page.locator('main p a[href$="/concepts/monoclonal-antibody"]').first())
    expect(at(page)).toBe(`/${language}/concepts/monoclonal-antibody`)
    await go('/search?q=vacuna')
    await follow(page, page.locator('main p a[href*="kind=concept"]'))
    expect(await page.locator('.hits a').count()).toBeGreaterThan(3)
    expect(await page.locator('.hits a:not([href*="/concepts/"])').count()).toBe(0)
  })

  everyVisitor('narrows the organizations to a country and a kind, and back', async ({ page, language, go, world }) => {
    const [fits] = await world.rows(
      sql<{ n: number }>`select count(*)::int as n from record.catalogue where entry_kind = 'organization' and country = 'CU' and kind = 'enterprise'`,
    )
    const say = recordTexts[language]
    await go('/organizations')
    await page.getByRole('combobox', { name: say('column.country'), exact: true }).selectOption({ label: countryName('CU', language) })
    await page.getByRole('combobox', { name: say('column.kind'), exact: true }).selectOption({ label: say('kind.enterprise') })
    await page.getByRole('button', { name: platformTexts[language]('filter.apply') }).click()
    await page.waitForURL(/country=CU/)
    expect(await page.locator('tbody tr').count()).toBe(fits?.n)
    expect(new Set(await texts(page.locator('tbody td:nth-child(2)')))).toEqual(new Set([say('kind.enterprise')]))
    expect(new Set(await texts(page.locator('tbody td:nth-child(4)')))).toEqual(new Set([countryName('CU', language)]))
    expect(await page.locator('select[name=country]').inputValue()).toBe('CU')
    await follow(page, page.getByRole('link', { name: platformTexts[language]('filter.clear') }))
    expect(at(page)).toBe(`/${language}/organizations`)
  })

  everyVisitor('pages through all organizations and back, from A to Z and from Z to A', async ({ page, language, go, world }) => {
    const all = await world.rows(sql<{ key: string }>`select key from record.entry where kind = 'organization' order by key`)
    const pagesFromHere = async (rel: 'next' | 'prev') => {
      const pages = [await firstLinks(page)]
      for (const link = page.locator(`.pager a[rel=${rel}]`); (await link.count()) > 0; pages.push(await firstLinks(page))) await follow(page, link)
      return pages
    }
    await go('/organizations')
    const forward = await pagesFromHere('next')
    expect(forward.flat().sort()).toEqual(all.map(({ key }) => `/${language}/organizations/${key}`).sort())
    expect((await pagesFromHere('prev')).toReversed()).toEqual(forward)
    await follow(page, page.locator('thead th:first-child a'))
    expect(await page.locator('thead th:first-child').getAttribute('aria-sort')).toBe('descending')
    expect((await pagesFromHere('next')).flat()).toEqual(forward.flat().toReversed())
  })

  everyVisitor('follows a citation to its source and comes back to the agreement', async ({ page, language, go }) => {
    await go('/agreements/a-001')
    const cited = page.locator('.facts .cite').first()
    const number = /\d+/.exec(await cited.innerText())?.[0]
    await follow(page, cited)
    expect(at(page)).toBe(`/${language}/agreements/a-001#source-${number}`)
    const entry = page.locator('.sources li:target')
    expect(await page.evaluate(`document.querySelector('.sources li:target').getBoundingClientRect().bottom <= innerHeight`)).toBe(true)
    const title = (await texts(entry.locator('a').first()))[0]
    await follow(page, entry.locator('a').first())
    expect(await texts(page.locator('h1'))).toEqual([title])
    await follow(page, page.locator('main a[href$="/agreements/a-001"]').first())
    expect(at(page)).toBe(`/${language}/agreements/a-001`)
  })

  everyVisitor('asks what was so in another year, sees which it is, and comes back to today', async ({ page, language, go }) => {
    const say = recordTexts[language]
    await go('/ventures/v-labiofam-hoasen')
    const today = await page.locator('.facts').innerText()
    await page.locator('form.filters input[name=known_at]').fill('2025-08')
    await page.getByRole('button', { name: say('times.show') }).click()
    await page.waitForURL(/known_at=2025-08/)
    expect(await page.getByRole('status').innerText()).toContain(say('times.today'))
    expect(await page.locator('input[name=known_at]').inputValue()).toBe('2025-08')
    expect(await page.locator('main').innerText()).not.toContain(today)
    await follow(page, page.getByRole('link', { name: say('times.today') }))
    expect(at(page)).toBe(`/${language}/ventures/v-labiofam-hoasen`)
    expect(await page.locator('.facts').innerText()).toBe(today)
  })

  everyVisitor('walks through the years of an entry by its steps', async ({ page, language, go }) => {
    const say = recordTexts[language]
    await go('/ventures/v-bpl')
    const steps = page.getByRole('navigation', { name: `${say('times.title')}: ${say('times.known-at')}` })
    expect(await steps.locator('[aria-current]').innerText()).toBe(say('times.now'))
    const year = await steps.locator('a').first().innerText()
    await follow(page, steps.locator('a').first())
    expect(at(page)).toBe(`/${language}/ventures/v-bpl?known_at=${year}`)
    expect(await steps.locator('[aria-current]').innerText()).toBe(year)
    expect(await page.locator('input[name=known_at]').inputValue()).toBe(year)
    await follow(page, steps.getByText(say('times.now'), { exact: true }))
    expect(at(page)).toBe(`/${language}/ventures/v-bpl`)
  })

  everyVisitor('takes a list home as it is filtered', async ({ page, go }) => {
    await go('/organizations?kind=hospital&country=VN')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV', exact: true }).click()])
    expect(download.suggestedFilename()).toBe('organizations.csv')
    const rows = readCells(readFileSync(await download.path(), 'utf8')).slice(1)
    expect(rows).toHaveLength(await page.locator('tbody tr').count())
    expect(new Set(rows.map(([, kind]) => kind))).toEqual(new Set(['hospital']))
  })

  const lists = [
    '/organizations?country=CU&kind=institute&sort=-title',
    '/agreements?status=in-force&q=vaccine&known_at=2025',
    '/events?period=2025&disputed=no&sort=date',
    '/sources?language=es',
    '/search?q=vaccine&kind=source',
  ]
  const isList = (path: string) => lists.some((list) => list.startsWith(path.split('?')[0] ?? path) && path !== '/')
  // The form sent empty has no page of its own in another language; reported.
  const paths = [...lists, ...pageKinds.filter(({ path, sentEmpty }) => !sentEmpty && !isList(path)).map(({ path }) => path)]

  everyVisitor('changes the language of any page and stays on it, filters and all', async ({ page, language, go }) => {
    const other = languages[(languages.indexOf(language) + 1) % languages.length] ?? 'en'
    for (const path of paths) {
      await go(path)
      const chosen = await page.evaluate(chosenValues)
      await follow(page, page.locator('.langs').getByText(languageNames[other], { exact: true }))
      expect(at(page)).toBe(addressOf(other, path))
      expect(await page.locator('html').getAttribute('lang')).toBe(htmlLanguage[other])
      expect(await page.evaluate(chosenValues), path).toEqual(chosen)
    }
  })
})

const chosenValues = `[...document.querySelectorAll('main :is(select, input:not([name=id]))')].map(({ name, value }) => [name, value])`

describe('somebody with a keyboard', () => {
  everyVisitor(
    'opens the folded menu on the phone and leaves through it',
    async ({ page, language, go }) => {
      await go('/')
      expect(await page.locator('.menu nav a').first().isVisible()).toBe(false)
      for (let presses = 0; presses < 10 && (await page.locator('summary:focus').count()) === 0; presses++) await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      expect(await page.locator('.menu nav a').first().isVisible()).toBe(true)
      const first = await page.locator('.menu nav a').first().getAttribute('href')
      expect(first?.startsWith(`/${language}/`)).toBe(true)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.waitForURL(`**${first}`)
      expect(at(page)).toBe(first)
    },
    { viewport: phone },
  )

  everyVisitor('comes to the skip link first, and it leads to the content', async ({ page, language, go }) => {
    await go('/organizations')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toMatchObject({ text: platformTexts[language]('site.skip'), seen: true, outlined: true })
    await page.keyboard.press('Enter')
    await page.waitForURL(/#content$/)
    await page.keyboard.press('Tab')
    expect(await focused(page)).toMatchObject({ inContent: true, seen: true, outlined: true })
  })

  everyVisitor('sees where they are, all the way down the page', async ({ page, go }) => {
    for (const path of ['/', '/agreements/a-001', '/corrections/new']) {
      await go(path)
      const reachable = await page.locator(':is(a, button, input, select, textarea, summary, [tabindex="0"]):not([tabindex="-1"]):visible').count()
      const walked = new Set<string>()
      for (;;) {
        await page.keyboard.press('Tab')
        const here = await focused(page)
        if (here === null || walked.has(here.place)) break
        expect(here, path).toMatchObject({ seen: true, outlined: true })
        walked.add(here.place)
      }
      expect(walked.size, path).toBe(reachable)
    }
  })
})

type Focused = { text: string; place: string; seen: boolean; outlined: boolean; inContent: boolean }

/** The element that has the focus, whether it can be seen in the window and whether its outline can; `null` when the focus is on none. */
function focused(page: Page): Promise<Focused | null> {
  return page.evaluate<Focused | null>(`(() => {
    const element = document.activeElement
    if (!element || element === document.body) return null
    const box = element.getClientRects()[0]
    const top = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element)
    return {
      text: element.textContent.trim(),
      place: String([...document.querySelectorAll('*')].indexOf(element)),
      seen: Boolean(top && element.contains(top)),
      outlined: outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2 && !/, 0\\)|transparent/.test(outlineColor),
      inContent: document.querySelector('#content').contains(element),
    }
  })()`)
}

describe('somebody who corrects something', () => {
  everyVisitor('learns what is missing, keeps what was typed, mends it and is thanked', async ({ page, language, go, world }) => {
    const claim = `${randomUUID()} is wrong`
    await go('/corrections/new?about=/organizations/cigb')
    await page.locator('#evidence').fill('Granma, «página 3»')
    await page.locator('#contact').fill('nobody')
    const [refused] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), page.locator('.form button').click()])
    expect(refused.status()).toBe(422)
    await page.waitForURL(/\/corrections$/)
    const issues = page.locator('#issues a')
    expect(await issues.evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(['#claim', '#contact'])
    expect(await page.locator('[aria-invalid=true]').evaluateAll((fields) => fields.map(({ id }) => id))).toEqual(['claim', 'contact'])
    expect(await page.evaluate(chosenValues)).toEqual([
      ['about', '/organizations/cigb'],
      ['contact', 'nobody'],
    ])
    expect(await page.locator('#evidence').inputValue()).toBe('Granma, «página 3»')
    await follow(page, issues.first())
    await page.keyboard.type(claim)
    await follow(page, issues.last())
    await page.locator('#contact').fill('')
    await page.locator('.form button').click()
    await page.waitForURL(`**/${language}/corrections/sent`)
    expect(await page.getByRole('status').innerText()).toContain(recordTexts[language]('correction.sent'))
    expect(await world.rows(sql`select about, evidence, contact, language from record.correction where claim = ${claim}`)).toEqual([
      { about: '/organizations/cigb', evidence: 'Granma, «página 3»', contact: null, language },
    ])
  })

  everyVisitor('sends one message with two clicks, and with a third after going back', async ({ page, go, world }) => {
    const claim = `${randomUUID()} is wrong`
    const sent = async () => (await world.rows(sql<{ n: number }>`select count(*)::int as n from record.correction where claim = ${claim}`))[0]?.n
    await go('/corrections/new')
    await page.locator('#claim').fill(claim)
    await page.locator('.form button').dblclick()
    await page.waitForURL('**/corrections/sent')
    expect(await sent()).toBe(1)
    await page.goBack()
    await page.locator('.form button').click()
    await page.waitForURL('**/corrections/sent')
    expect(await sent()).toBe(1)
  })
})

describe('somebody with a printer', () => {
  everyVisitor('gets the content on paper without navigation, forms and buttons', async ({ page, go }) => {
    for (const path of ['/', '/organizations', '/agreements/a-001', '/sources/w001', '/search?q=vaccine']) {
      await go(path)
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('h1').isVisible(), path).toBe(true)
      expect(await page.locator('main').innerText(), path).not.toBe('')
      expect(await page.locator(':is(nav, .menu, .skip, .btn, form, input, select):visible').count(), path).toBe(0)
    }
  })
})
