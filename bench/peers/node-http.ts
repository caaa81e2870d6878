// A server of static files, the least that Node.js can do: constant bytes, compressed once beforehand. Given the file with the answers.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { Answer } from '../support/answer.ts'

const read = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Answer[]
const answers = new Map(read.map(({ path, type, body }) => [path, { type, bytes: gzipSync(body) }]))

const server = createServer((request, response) => {
  const answer = answers.get(request.url ?? '')
  if (!answer) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, { 'Content-Type': answer.type, 'Content-Encoding': 'gzip', 'Content-Length': answer.bytes.length }).end(answer.bytes)
})
server.listen(0, '127.0.0.1', () => process.stderr.write(`Listening at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`))
