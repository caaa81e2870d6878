import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { operator } from '../src/platform/access/actor.ts'
import { isFrequentPassword } from '../src/platform/access/frequent-passwords.ts'
import { makeLink } from '../src/platform/access/links.ts'
import { platformTexts } from '../src/platform/i18n/index.ts'
import { languages } from '../src/platform/i18n/languages.ts'
import { root } from '../src/platform/root.ts'
import { firstLink } from '../src/modules/members/index.ts'
import { browserOf, linkTo, makeSomebody, settings, strong, type Somebody } from './support/persons.ts'
import { onBothEngines, sql } from './support/world.ts'

/** Nothing else is wrong with it: no own word, no row of keys. */
const frequent = 'chickenwing101'

test('the list has more than forty thousand, the most frequent of all and others far down, however they are written', async () => {
  expect(readFileSync(join(root, 'seeds', 'passwords', 'frequent.bin')).length / 5).toBe(43_940)
  for (const password of ['1qaz2wsx3edc', 'q1w2e3r4t5y6', frequent, 'ChickenWing101', 'ｃｈｉｃｋｅｎwing101', 'leavemealone', 'elenavolkova'])
    expect([password, await isFrequentPassword(password)]).toEqual([password, true])
  for (const password of [strong, `${frequent} `, 'chickenwing', 'nine quiet boats at noon', ''])
    expect([password, await isFrequentPassword(password)]).toEqual([password, false])
})

onBothEngines(
  'a frequent password',
  (world) => {
    let ana: Somebody

    const passwords = () => world().rows(sql<{ password: string | null }>`select password from auth.account order by id`)
    const said = async (answer: Response) => [answer.status, (await answer.text()).replaceAll('&#39;', "'")]

    test('makes no first administrator; the page says why in each language, and the link still works', async () => {
      const path = await firstLink(world().database)
      for (const language of languages) {
        const fields = { name: 'Ana Ejemplo', email: 'ana@secretariat.example.org', password: frequent }
        const [status, text] = await said(await world().post(`/${language}${path}`, fields))
        expect([status, text]).toEqual([422, expect.stringContaining(platformTexts[language]('issue.frequently_used'))])
        expect(text).toContain('href="#password"')
        expect(text).not.toContain(frequent)
      }
      expect(await passwords()).toEqual([])
      expect((await world().ask(`/en${path}`)).status).toBe(200)
    })

    test('comes in by no other way either: an invitation, a link for a new one, the account', async () => {
      ana = await makeSomebody(world(), 'Ana Ejemplo', ['administrator'])
      await world().rows(sql`update auth.account set password = null`)
      await ana.post('/en/desk/networks/network/invitations', { email: 'luz@example.org', role: 'curator' })
      const invited = await linkTo(world, 'luz@example.org')
      const token = await world().database.write(operator, (db) => makeLink(world().database, db, 'password', { accountId: ana.id }))
      const own = browserOf(world)
      expect((await own.post(`/en/password/${token}`, { password: strong })).status).toBe(303)
      const [before, another] = [
        await passwords(),
        await world().database.write(operator, (db) => makeLink(world().database, db, 'password', { accountId: ana.id })),
      ]
      const sentence = expect.stringContaining(platformTexts.en('issue.frequently_used'))
      expect(await said(await world().post(invited, { name: 'Luz', password: frequent }))).toEqual([422, sentence])
      expect(await said(await world().post(`/en/password/${another}`, { password: frequent }))).toEqual([422, sentence])
      expect(await said(await own.post('/en/account/password', { current: strong, password: frequent.toUpperCase() }))).toEqual([422, sentence])
      expect(await passwords()).toEqual(before)
      expect((await own.post('/en/account/password', { current: strong, password: 'nine quiet boats at noon' })).status).toBe(303)
      expect(await passwords()).not.toEqual(before)
    })

    test('nor does one made of the name of a network', async () => {
      await world().rows(sql`update members.network set name = ${JSON.stringify({ en: 'Riverbank Alliance', vi: 'Liên minh Bờ Sông' })}::jsonb`)
      const token = await world().database.write(operator, (db) => makeLink(world().database, db, 'password', { accountId: ana.id }))
      const sentence = expect.stringContaining(platformTexts.en('issue.easily_guessed'))
      for (const password of ['Riverbank2026', 'riverbankalliance', 'lienminhbosong'])
        expect(await said(await world().post(`/en/password/${token}`, { password }))).toEqual([422, sentence])
      expect((await world().post(`/en/password/${token}`, { password: 'a herring on the riverbank' })).status).toBe(303)
    })
  },
  settings,
)
