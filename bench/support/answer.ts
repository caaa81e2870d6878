import { get } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import type { IncomingMessage } from 'node:http'

/** What a server answered to one request. */
export type Answer = {
  path: string
  type: string
  body: string
  /** Length of the compressed body, in bytes. */
  gzipped: number
}

/** The headers of every request of a benchmark: no language is asked for, and nothing is held from before. */
export const requestHeaders = { 'accept-encoding': 'gzip' }

/** Asks once. @throws Error when the answer is not a compressed 200, which would make every figure a wrong one */
export async function fetchAnswer(base: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(base + path, { headers: { ...requestHeaders, ...headers }, agent: false }, resolve).once('error', reject)
  })
  const bytes = await buffer(response)
  const { 'content-encoding': encoding, 'content-type': type = '' } = response.headers
  if (response.statusCode !== 200 || encoding !== 'gzip') throw new Error(`${path} answered ${response.statusCode}, ${encoding ?? 'not compressed'}`)
  return { path, type, body: gunzipSync(bytes).toString(), gzipped: bytes.length }
}
