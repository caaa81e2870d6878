import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstLink } from '../src/modules/members/index.ts'
import { browserOf, strong, type Browser } from './support/persons.ts'
import { makeWorld, sql, type World } from './support/world.ts'

const [addresses, each] = [500, 20]
/** So many browsers of a farm ask at the same moment. */
const atOnce = 40

/** What a farm of browsers is told, in the order of the answers: 20 guesses from each of 500 addresses, all mixed. */
async function guessFrom(world: World, email: string, block: number): Promise<{ status: number; wait: number }[]> {
  const answers: { status: number; wait: number }[] = []
  let next = 0
  const work = async () => {
    for (let n = next++; n < addresses * each; n = next++) {
      const place = n % addresses
      const from = { 'x-forwarded-for': `10.${block + (place >> 8)}.${place & 255}.7` }
      const answer = await world.post('/en/sign-in', { email, password: `a wrong guess ${n}` }, from)
      answers.push({ status: answer.status, wait: Number(answer.headers.get('retry-after') ?? 0) })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return answers
}

describe('ten thousand guesses from five hundred addresses, forty at a time', () => {
  const email = 'bao@institute.example.org'
  let world: World
  let owner: Browser
  const told: Record<string, { status: number; wait: number }[]> = {}
  const rowsOf = async () => (await world.rows(sql<{ n: number }>`select count(*)::int as n from auth.attempt`))[0]?.n ?? 0
  const compared = (name: string) => told[name]?.filter(({ status }) => status === 422).length ?? 0

  beforeAll(async () => {
    world = await makeWorld('postgres', { PUENTE_PROXIES: '1' })
    owner = browserOf(() => world, '10.200.0.1')
    await owner.post(`/en${await firstLink(world.database)}`, { name: 'Bảo', email, password: strong })
    await owner.post('/en/sign-out', {})
  })
  afterAll(() => world?.close())

  test('fewer than seventy reach the comparison of the password; all others are told to wait', async () => {
    told['known'] = await guessFrom(world, email, 40)
    expect(told['known'].length).toBe(addresses * each)
    expect(new Set(told['known'].map(({ status }) => status))).toEqual(new Set([422, 429]))
    expect(compared('known')).toBeGreaterThanOrEqual(45)
    expect(compared('known')).toBeLessThan(70)
    expect(told['known'].filter(({ status, wait }) => status === 429 && wait < 1)).toEqual([])
  }, 400_000)

  test('the owner comes in meanwhile from the browser they have used, and nobody from elsewhere, even with the password', async () => {
    expect((await browserOf(() => world, '10.201.0.1').post('/en/sign-in', { email, password: strong })).status).toBe(429)
    expect((await owner.post('/en/sign-in', { email, password: strong })).status).toBe(303)
    expect((await owner.get('/en/account')).status).toBe(200)
  })

  test('what is kept of it is a row for each address that was let guess, and one for all', async () => {
    expect(await rowsOf()).toBeLessThanOrEqual(compared('known') + 1)
    expect((await world.rows(sql<{ n: number }>`select max(failures) as n from auth.attempt`))[0]?.n).toBeLessThan(70)
  })

  test('an address without an account is answered the same way', async () => {
    const before = await rowsOf()
    told['unknown'] = await guessFrom(world, 'nobody@institute.example.org', 50)
    expect(new Set(told['unknown'].map(({ status }) => status))).toEqual(new Set([422, 429]))
    expect([compared('unknown') >= 45, compared('unknown') < 70]).toEqual([true, true])
    expect(await rowsOf()).toBeLessThanOrEqual(before + compared('unknown') + 1)
  }, 400_000)

  test('one after the other, both get the same sequence: fifty comparisons, then the wait', async () => {
    const sequence = async (address: string) => {
      const statuses: number[] = []
      for (let n = 0; n < 51; n++) {
        const from = { 'x-forwarded-for': `10.${address === email ? 60 : 61}.${n >> 1}.7` }
        statuses.push((await world.post('/en/sign-in', { email: address, password: `a wrong guess ${n}` }, from)).status)
      }
      return statuses
    }
    await world.rows(sql`update auth.attempt set failures = 0, next_at = now()`)
    const [known, unknown] = [await sequence(email), await sequence('someone.else@institute.example.org')]
    expect(known).toEqual([...Array<number>(50).fill(422), 429])
    expect(unknown).toEqual(known)
  })
})
