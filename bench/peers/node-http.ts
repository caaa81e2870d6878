// The least that Node.js can do: constant bodies, compressed for each request. Given the file with the answers.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzip } from 'node:zlib'
import type { Answer } from '../support/answer.ts'

const answers = new Map((JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Answer[]).map((answer) => [answer.path, answer]))

const server = createServer((request, response) => {
  const answer = answers.get(request.url ?? '')
  if (!answer) {
    response.writeHead(404).end()
    return
  }
  gzip(answer.body, (error, bytes) => {
    if (error) response.destroy(error)
    else response.writeHead(200, { 'Content-Type': answer.type, 'Content-Encoding': 'gzip', 'Content-Length': bytes.length }).end(bytes)
  })
})
server.listen(0, '127.0.0.1', () => process.stderr.write(`Listening at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`))
