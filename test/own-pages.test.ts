import { beforeAll, expect, test } from 'vitest'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { makeSomebody, settings, type Somebody } from './support/persons.ts'
import { onBothEngines } from './support/world.ts'

onBothEngines(
  'the pages of a member lead to each other',
  (world) => {
    let [own, other] = ['', '']
    let editor: Somebody
    let stranger: Somebody
    const leads = async (ask: (path: string) => Promise<Response>, from: string, to: string) => {
      const answer = await ask(from)
      expect([from, answer.status]).toEqual([from, 200])
      // The navigation leads everywhere.
      const [, main = ''] = (await answer.text()).split('<main')
      return main.split('</main>')[0]?.includes(`href="${to}"`)
    }

    beforeAll(async () => {
      await makeSomebody(world(), 'Ana Ejemplo', ['administrator'])
      own = await makeMember(world(), 'Example Hospital')
      other = await makeMember(world(), 'Example Clinic')
      editor = await makeMemberPerson(world(), own, 'Bảo Ví dụ', 'editor')
      stranger = await makeMemberPerson(world(), other, 'Chi Ví dụ', 'admin')
    })

    test('its people come to its listings, interests and counterparts from its page, from their account and from each of these', async () => {
      for (const language of ['en', 'zh']) {
        const of = (page: string) => `/${language}/members/${own}/${page}`
        for (const page of ['listings', 'interests', 'matches']) {
          for (const from of [`/${language}/members/${own}`, `/${language}/account`])
            expect([from, page, await leads(editor.get, from, of(page))]).toEqual([from, page, true])
        }
        expect(await leads(editor.get, of('listings'), of('interests'))).toBe(true)
        expect(await leads(editor.get, of('listings'), of('matches'))).toBe(true)
        for (const page of ['interests', 'matches']) expect(await leads(editor.get, of(page), of('listings'))).toBe(true)
      }
    })

    test('nobody is led to what they may not read', async () => {
      for (const ask of [stranger.get, world().ask]) {
        expect(await leads(ask, `/en/members/${own}`, `/en/members/${own}/listings`)).toBe(true)
        for (const page of ['interests', 'matches'])
          for (const from of [`/en/members/${own}`, `/en/members/${own}/listings`]) expect(await leads(ask, from, `/en/members/${own}/${page}`)).toBe(false)
      }
    })

    test('offers and needs lead to the calls', async () => {
      for (const language of ['en', 'es', 'zh', 'vi']) expect(await leads(world().ask, `/${language}/exchange`, `/${language}/calls`)).toBe(true)
    })
  },
  settings,
)
