// The least that the framework of Puente can do: constant bodies and its own compression. Given the file with the answers.
import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import type { Answer } from '../support/answer.ts'

const app = new Hono().use(compress())
for (const { path, type, body } of JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Answer[]) {
  app.get(path.split('?', 1)[0] ?? path, (c) => c.body(body, 200, { 'Content-Type': type }))
}
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => process.stderr.write(`Listening at http://127.0.0.1:${port}\n`))
