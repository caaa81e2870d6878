import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Asked = { q: string; source: string; target: string; format: string; api_key?: string }
type Answer = (asked: Asked, response: ServerResponse) => void

/** A translation service on a port of its own, which says of each text into which language it was put. */
export type Translator = { url: string; asked: Asked[]; answer: Answer; usual: Answer; close: () => Promise<void> }

const say = (response: ServerResponse, status: number, body: string, type = 'application/json') =>
  response.writeHead(status, { 'content-type': type }).end(body)

export async function startTranslator(): Promise<Translator> {
  const usual: Answer = ({ q, source, target }, response) => say(response, 200, JSON.stringify({ translatedText: `<${source}→${target}> ${q}` }))
  const read = async (request: IncomingMessage) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Asked
  }
  const server = createServer((request, response) => {
    void read(request).then((asked) => {
      if (request.method !== 'POST' || request.url !== '/base/translate') return say(response, 404, '{}')
      translator.asked.push(asked)
      return translator.answer(asked, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`
  const close = () => new Promise<void>((resolve) => void (server.closeAllConnections(), server.close(() => resolve())))
  const translator: Translator = { url, asked: [], answer: usual, usual, close }
  return translator
}

/** What a service in trouble answers. */
export const troubles: Record<string, Answer> = {
  'an error of its own': (_, response) => say(response, 500, '{"error":"no memory"}'),
  'too many requests': (_, response) => say(response, 429, '{"error":"slow down"}'),
  'no JSON': (_, response) => say(response, 200, '<html>', 'text/html'),
  'nothing translated': (_, response) => say(response, 200, '{"translatedText":"  "}'),
  'far too much': (_, response) => say(response, 200, JSON.stringify({ translatedText: 'x'.repeat(600_000) })),
  'a place elsewhere': (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/translate' }).end(),
  'a broken line': (_, response) => response.destroy(),
}
