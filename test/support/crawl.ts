import { createHash } from 'node:crypto'

// Pages whose addresses differ in a key only are alike: so many of each are looked at.
const ofEachKind = 4

/** Addresses of a running site: its pages in English as its own links lead to them, and what its contract says it answers to GET. */
export async function findAddresses(base: string, most = 80): Promise<string[]> {
  const pages = ['/en']
  const kinds = new Map<string, number>()
  for (let at = 0; at < pages.length && at < most; at++) {
    const html = await (await fetch(base + pages[at])).text()
    for (const [, href] of html.matchAll(/href="(\/en[/?][^"#]*)"/g)) {
      const path = (href ?? '').replaceAll('&amp;', '&')
      const kind = kindOf(path)
      if (pages.includes(path) || (kinds.get(kind) ?? 0) >= ofEachKind) continue
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      pages.push(path)
    }
  }
  return [...pages.slice(0, most), ...(await apiAddresses(base, pages))]
}

/** What each address answers: its status and the hash of its body, without what is made anew for each request. */
export async function askAll(base: string, addresses: readonly string[]): Promise<Record<string, string>> {
  const answers: Record<string, string> = {}
  for (const address of addresses) {
    const answer = await fetch(base + address, { redirect: 'manual' })
    const body = Buffer.from(await answer.arrayBuffer()).toString('latin1')
    const plain = body
      .replaceAll(answer.headers.get('x-request-id') ?? `${address} has no request id`, '')
      .replaceAll(base, '')
      .replaceAll(/name="id" value="[0-9a-f-]{36}"/g, '')
    answers[address] = `${answer.status} ${createHash('sha256').update(plain).digest('hex')}`
  }
  return answers
}

async function apiAddresses(base: string, pages: readonly string[]): Promise<string[]> {
  const contract = (await (await fetch(`${base}/api/v1/openapi.json`)).json()) as { paths: Record<string, object> }
  // A workbook says when it was made.
  const paths = Object.entries(contract.paths).filter(([path, operations]) => 'get' in operations && !path.endsWith('.xlsx'))
  return paths.flatMap(([path]) => {
    if (!path.includes('{')) return [`/api/v1${path}${path === '/search' ? '?q=vaccine' : ''}`]
    const kind = path.split('/')[2] ?? ''
    const key = pages.map((page) => new RegExp(`^/en/${kind}/([a-z0-9-]+)$`).exec(page)?.[1]).find((found) => found !== undefined)
    return key === undefined ? [] : [`/api/v1${path.replace('{key}', key)}`]
  })
}

function kindOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://localhost')
  const [, , list, key, rest] = pathname.split('/')
  return [list, key === undefined ? '' : '*', rest, ...searchParams.keys()].join('/')
}
