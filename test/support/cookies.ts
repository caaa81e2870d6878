import type { World } from './world.ts'

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
  }
}
