import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { calibrationTexts } from '../../src/modules/matching/rules/calibration-texts.ts'

type Asked = { model: string; input: string[] }
type Answer = (asked: Asked, response: ServerResponse) => void

/** A service that turns texts into embeddings, on a port of its own. */
export type Embedder = {
  url: string
  /** Every request as it came: its head and its body. */
  received: { headers: IncomingMessage['headers']; body: string }[]
  /** Every text that it was asked for, but those that models are measured with. */
  texts: () => string[]
  answer: Answer
  usual: Answer
  /** What texts mean, beside what they are made of: two in which the same is found are alike. */
  meanings: [RegExp, string][]
  close: () => Promise<void>
}

const dimensions = 48
const calibration = new Set(calibrationTexts.flat())

/** A direction that always is the same for the same words. */
function direction(words: string, n: number): number[] {
  let state = 2_166_136_261
  for (const letter of words) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16_777_619)
  return Array.from({ length: n }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return state / 2 ** 31
  })
}

/** What a model called `model` makes of a text: the sum of what it means, and a little of what it says. */
export function embeddingFor(text: string, meanings: Embedder['meanings'], model = '', n = dimensions): number[] {
  const known = calibrationTexts.findIndex((translations) => translations.includes(text))
  const meant = known >= 0 ? [`calibration ${known}`] : meanings.flatMap(([pattern, meaning]) => (pattern.test(text) ? [meaning] : []))
  const parts = [
    direction(`${model} ${text}`, n).map((value) => value * (meant.length > 0 ? 0.1 : 1)),
    ...meant.map((meaning) => direction(`${model} ${meaning}`, n)),
  ]
  return Array.from({ length: n }, (_, at) => parts.reduce((sum, part) => sum + (part[at] ?? 0), 0))
}

export const say = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body))

/** An answer as such services give it; in no order, since only `index` says which is which. */
export const embeddings = (all: readonly (readonly number[])[]) => ({
  object: 'list',
  data: all.map((embedding, index) => ({ object: 'embedding', index, embedding })).toReversed(),
})

export async function startEmbedder(): Promise<Embedder> {
  const usual: Answer = ({ input, model }, response) => say(response, 200, embeddings(input.map((text) => embeddingFor(text, embedder.meanings, model))))
  const read = async (request: IncomingMessage) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString('utf8')
  }
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      embedder.received.push({ headers: request.headers, body })
      if (request.method !== 'POST' || request.url !== '/base/v1/embeddings') return say(response, 404, '{}')
      return embedder.answer(JSON.parse(body) as Asked, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const embedder: Embedder = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`,
    received: [],
    texts: () => embedder.received.flatMap(({ body }) => (JSON.parse(body) as Asked).input).filter((text) => !calibration.has(text)),
    answer: usual,
    usual,
    meanings: [],
    close: () => new Promise<void>((resolve) => void (server.closeAllConnections(), server.close(() => resolve()))),
  }
  return embedder
}

/** What a service in trouble answers. */
export const troubles: Record<string, Answer> = {
  'an error of its own': (_, response) => say(response, 500, '{"error":"no memory"}'),
  'too many requests': (_, response) => say(response, 429, '{"error":"slow down"}'),
  'no such model': (_, response) => say(response, 404, '{"error":"model not found"}'),
  'a refusal of all': (_, response) => say(response, 400, '{"error":"bad"}'),
  'no JSON': (_, response) => say(response, 200, '<html>'),
  'no numbers': ({ input }, response) => say(response, 200, { data: input.map((_, index) => ({ index, embedding: Array(48).fill('x') })) }),
  'infinite numbers': ({ input }, response) =>
    say(response, 200, `{"data":[${input.map((_, index) => `{"index":${index},"embedding":[${Array(48).fill('1e999').join()}]}`).join()}]}`),
  zeros: ({ input }, response) => say(response, 200, embeddings(input.map(() => Array(48).fill(0)))),
  'one too few': ({ input }, response) => say(response, 200, embeddings(input.slice(1).map((text) => embeddingFor(text, [])))),
  'unlike dimensions': ({ input }, response) => say(response, 200, embeddings(input.map((text, at) => embeddingFor(text, [], '', 20 + (at % 2))))),
  'the same for every text': ({ input }, response) => say(response, 200, embeddings(input.map(() => embeddingFor('x', [])))),
  'numbers by chance': ({ input }, response) => say(response, 200, embeddings(input.map((_, at) => embeddingFor(`${Math.random()} ${at}`, [])))),
  'far too much': (_, response) => say(response, 200, `{"data":[],"x":"${'x'.repeat(17_000_000)}"}`),
  'a place elsewhere': (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/v1/embeddings' }).end(),
  'a broken line': (_, response) => response.destroy(),
}
