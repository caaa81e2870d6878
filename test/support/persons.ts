import { insertAccount } from '../../src/platform/access/accounts.ts'
import { startSession } from '../../src/platform/access/sessions.ts'
import type { Language } from '../../src/platform/i18n/languages.ts'
import { newId } from '../../src/platform/id.ts'
import type { Office } from '../../src/modules/members/schema/kinds.ts'
import { appoint, entrustInstance, makeNetwork, readNetwork } from '../../src/modules/members/store/networks.ts'
import { makePerson } from '../../src/modules/members/store/persons.ts'
import { operator } from '../../src/platform/access/actor.ts'
import { bodyPlace, listUnsent } from '../../src/platform/mail/store.ts'
import { firstLink } from '../../src/modules/members/index.ts'
import type { World } from './world.ts'

/** A password that nothing says against. */
export const strong = 'bread under seven bridges'

/** What a test world needs whose visitors each come from an address of their own. */
export const settings = { PUENTE_PROXIES: '1' }

let browsers = 0
/** Each browser comes from elsewhere, so that none uses up the others' requests. */
const nextAddress = () => `10.9.${Math.floor(++browsers / 250)}.${browsers % 250}`

/** A browser: it keeps cookies and sends forms from pages of the site. */
export function browserOf(world: () => World, address = nextAddress()) {
  const cookies = new Map<string, string>()
  const headers = () => ({
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    'x-forwarded-for': address,
    'user-agent': 'Example Browser 1.0',
  })
  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = '', rest = ''] = /^([^=]+)=([^;]*)(.*)$/.exec(line) ?? []
      if (value === '' || /max-age=0/i.test(rest)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  return {
    cookies,
    get: async (path: string) => keep(await world().ask(path, { headers: headers() })),
    post: async (path: string, fields: Record<string, string>) => keep(await world().post(path, fields, headers())),
    /** Sends a form that carries files. */
    send: async (path: string, fields: Record<string, string | File>) => {
      const body = new FormData()
      for (const [name, value] of Object.entries(fields)) body.set(name, value)
      return keep(await world().ask(path, { method: 'POST', body, headers: { ...headers(), 'sec-fetch-site': 'same-origin' } }))
    },
    /** The page as text. */
    page: async (path: string) => {
      const answer = keep(await world().ask(path, { headers: headers() }))
      return { status: answer.status, text: await answer.text() }
    },
  }
}
export type Browser = ReturnType<typeof browserOf>

export const statusAndPlace = (answer: Response) => [answer.status, answer.headers.get('location')]

/** The first administrator, signed in. */
export async function firstAdministrator(world: () => World, person = { name: 'Ana Ejemplo', email: 'ana@secretariat.example.org' }): Promise<Browser> {
  const browser = browserOf(world)
  const made = await browser.post(`/en${await firstLink(world().database)}`, { ...person, password: strong })
  if (made.status !== 303) throw new Error(`no administrator: ${made.status}`)
  return browser
}

export type Letter = { to: string; language: string; subject: string; text: string }

/** The mails that wait for somebody, the newest first. */
export async function lettersTo(world: () => World, address: string): Promise<Letter[]> {
  const { database, secrets } = world()
  const waiting = (await database.read(operator, (db) => listUnsent(db, 1000))).filter(({ recipient }) => recipient === address)
  return Promise.all(
    waiting.map(async ({ id, recipient, language, subject, body }) => ({
      to: recipient,
      language,
      subject,
      text: body === null ? '' : await secrets.open(body, bodyPlace(id)),
    })),
  )
}

/** The path of the link in the newest mail to somebody. */
export async function linkTo(world: () => World, address: string): Promise<string> {
  const [letter] = await lettersTo(world, address)
  const path = /https?:\/\/[^/\s]+(\/\S+)/.exec(letter?.text ?? '')?.[1]
  if (path === undefined) throw new Error(`no link in a mail to ${address}`)
  return path
}

/** Follows a link from a mail as somebody new. @returns their browser, signed in */
export async function joinBy(world: () => World, address: string, name: string): Promise<Browser> {
  const browser = browserOf(world)
  const joined = await browser.post(await linkTo(world, address), { name, password: strong })
  if (joined.status !== 303) throw new Error(`${address} could not join: ${joined.status}`)
  return browser
}

/** The hidden fields of the form on a page that goes to an address. */
export function hiddenIn(page: string, action: string): Record<string, string> {
  const form = page.split('<form').find((part) => part.includes(`action="${action}"`)) ?? ''
  return Object.fromEntries([...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]))
}

/** Somebody signed in: they ask and send forms as with a browser of theirs. */
export type Somebody = {
  id: string
  token: string
  get: (path: string) => Promise<Response>
  post: (path: string, fields: Record<string, string>) => Promise<Response>
}

/** Makes a person with an account and these offices in the network of the instance, which is made with the first; signed in. */
export async function makeSomebody({ database, ask, post }: World, name: string, offices: readonly Office[], language: Language = 'en'): Promise<Somebody> {
  const id = newId()
  const token = await database.write(operator, async (db) => {
    await insertAccount(database, db, { id, email: `${id}@example.org`, name, language })
    await makePerson(db, { id, name, language })
    let network = await readNetwork(db)
    if (!network) {
      network = await makeNetwork(db, { key: 'network', name: { en: 'Network' } })
      await entrustInstance(db, network)
    }
    for (const office of offices) await appoint(db, network, id, office)
    return (await startSession(database, db, id, { address: '127.0.0.1', agent: 'Example Browser 1.0' })).token
  })
  const cookie = { cookie: `puente=${token}`, 'x-forwarded-for': id }
  return {
    id,
    token,
    get: (path) => ask(path, { headers: cookie }),
    post: (path, fields) => post(path, fields, cookie),
  }
}
