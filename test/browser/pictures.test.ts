import { describe, expect, test } from 'vitest'
import { countryName } from '../../src/platform/i18n/format.ts'
import { recordTexts } from '../../src/modules/record/text/index.ts'
import { onTheWeb } from '../support/site.ts'
import { follow, texts, visitsOf } from '../support/visits.ts'

const site = onTheWeb({ PUENTE_PROXIES: '1' })
const { everyVisitor, at } = visitsOf(site)

describe('a reader of pictures', () => {
  everyVisitor('goes from the map to a city and from there to who is in it', async ({ page, language, go }) => {
    await go('/map')
    const row = page.locator('tbody tr', { has: page.locator('a[href*="place=havana"]') })
    const organizations = Number(await row.locator('td').nth(1).innerText())
    await follow(page, row.locator('a'))
    const listed = page.locator('#place a[href*="/organizations/"]')
    expect(await listed.count()).toBe(organizations)
    await follow(page, page.locator('#place a[href$="/organizations/cigb"]'))
    expect(at(page)).toBe(`/${language}/organizations/cigb`)
  })

  everyVisitor('looks closer at the years of one kind and country on the timeline', async ({ page, go }) => {
    await go('/timeline?kind=agreement&country=VN')
    const addresses = () => page.evaluate<string[]>(`[...document.querySelectorAll('ol.events > li > span > a')].map((link) => link.pathname)`)
    const all = await addresses()
    expect([all.length > 5, all.every((address) => /\/agreements\//.test(address))]).toEqual([true, true])
    const bar = page.locator('.timeline svg a[href*="period=2025"]').first()
    const period = new URL((await bar.getAttribute('href')) ?? '', page.url())
    await page.goto(period.href)
    const closer = await addresses()
    expect([closer.length > 0, closer.length < all.length, closer.every((address) => all.includes(address))]).toEqual([true, true, true])
    expect(await page.locator('input[name=period]').inputValue()).toBe(period.searchParams.get('period'))
    expect(await page.evaluate(`[...document.querySelectorAll('ol.events time')].every((time) => time.dateTime.startsWith('2025'))`)).toBe(true)
  })

  everyVisitor('sees in the table beside the network whom the lines join, and narrows it to a pillar', async ({ page, go }) => {
    await go('/network')
    const pairs = await page.locator('tbody tr').count()
    await page.locator('select[name=pillar]').selectOption('training')
    await page.locator('form.filters button').click()
    await page.waitForURL(/pillar=training/)
    const fewer = await page.locator('tbody tr').count()
    expect([fewer > 0, fewer < pairs]).toEqual([true, true])
    expect(await page.locator('.network svg a, .network svg circle').count()).toBeGreaterThan(fewer)
  })

  everyVisitor('sees both totals of 2005 with who says so, and comes to the dispute and to the source', async ({ page, language, go }) => {
    await go('/flows/charts')
    const rows = page.locator('table').first().locator('tbody tr', { hasText: '2005' })
    expect(await texts(rows.locator('td:nth-child(2)'))).toEqual(language === 'zh' ? ['7.77', '8.3'] : ['777', '830'])
    for (const row of await rows.all()) expect((await row.locator('td:nth-child(4)').innerText()).trim()).not.toBe('')
    const cited = rows.first().locator('a.cite')
    await follow(page, cited)
    await follow(page, page.locator('.sources li:target a').first())
    expect(at(page)).toBe(`/${language}/sources/seed-004`)
    await page.goBack()
    await follow(page, rows.first().locator('a[href*="/disputes/"]'))
    expect(at(page)).toBe(`/${language}/disputes/k-027`)
  })

  everyVisitor('finds in the matrix where a product is authorized, and since when', async ({ page, language, go }) => {
    await go('/products/matrix')
    const heads = await texts(page.locator('table.matrix thead th'))
    const column = heads.indexOf(countryName('CU', language))
    const row = page.locator('table.matrix tbody tr', { has: page.locator('a[href$="/products/p-nimotuzumab"]') })
    await follow(page, row.locator(':is(th, td)').nth(column).locator('a').first())
    expect(at(page)).toMatch(new RegExp(`^/${language}/authorizations/`))
    expect(await page.locator('.facts').innerText()).toContain(countryName('CU', language))
  })

  everyVisitor('counts on the ladder what a step then lists', async ({ page, go }) => {
    await go('/agreements/ladder')
    const step = page.locator('section#step-in-force')
    const n = Number(await step.locator('h2 small').innerText())
    await follow(page, step.locator('.head a'))
    expect(await page.locator('main ol.events > li, main tbody tr').count()).toBe(n)
  })

  everyVisitor('reads the history of an entry and comes back', async ({ page, language, go }) => {
    await go('/ventures/v-bpl')
    await follow(page, page.locator('a[href$="/ventures/v-bpl/history"]'))
    expect(await page.locator('.facts dt').count()).toBeGreaterThan(5)
    await follow(page, page.locator('.kicker a[href$="/ventures/v-bpl"]'))
    expect(at(page)).toBe(`/${language}/ventures/v-bpl`)
    expect(await page.locator('h2').allInnerTexts()).toContain(recordTexts[language]('entry.sources'))
  })

  everyVisitor('mistypes a word, and walks through what is found with the arrow keys', async ({ page, language, javaScript, go }) => {
    await go('/search?q=biotecnolgia')
    expect(await page.locator('mark').count()).toBeGreaterThan(5)
    const links = page.locator('.hits li a')
    const [first, second] = [await links.nth(0).getAttribute('href'), await links.nth(1).getAttribute('href')]
    const focused = () => page.evaluate<string | null>(`document.activeElement.getAttribute('href')`)
    await page.locator('input[type=search]').focus()
    if (javaScript) {
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key)
      expect(await focused()).toBe(first)
      await page.keyboard.press('ArrowUp')
      expect(await page.evaluate(`document.activeElement.name`)).toBe('q')
    } else {
      for (let presses = 0; presses < 40 && (await focused()) !== first; presses++) await page.keyboard.press('Tab')
    }
    await links.nth(0).focus()
    await page.keyboard.press('Tab')
    expect(await focused()).toBe(second)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${second}`)
    expect(at(page).startsWith(`/${language}/`)).toBe(true)
  })
})

test('every picture has its table, its file and an address that shows the same again', async () => {
  for (const [path, file] of [
    ['/map', '/map.csv'],
    ['/timeline', '/timeline.csv'],
    ['/network', '/network.csv'],
    ['/flows/charts', '/flows/charts.csv'],
    ['/products/matrix', '/products/matrix.csv'],
  ] as const) {
    const { world } = site()
    const page = await (await world.ask(`/en${path}`)).text()
    expect([path, page.includes('<table'), page.includes(`href="/en${file}`), page.includes('rel="canonical"')]).toEqual([path, true, true, true])
    const answer = await world.ask(`/en${file}`)
    expect([answer.status, (await answer.text()).trim().split('\n').length > 5]).toEqual([200, true])
  }
})
