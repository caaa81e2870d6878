import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../src/platform/root.ts'
import type { Answer } from './answer.ts'
import { startServer, temporaryFolder, type Listening } from './processes.ts'

/** Starts the servers to compare with: each gives the same answers from memory and compresses them anew for each request, as Puente does. */
export async function startPeers(answers: Answer[]): Promise<Listening[]> {
  const file = join(temporaryFolder(), 'answers.json')
  writeFileSync(file, JSON.stringify(answers))
  return [
    await startServer('node:http', [join(root, 'bench', 'peers', 'node-http.ts'), file]),
    await startServer('Hono', [join(root, 'bench', 'peers', 'hono.ts'), file]),
  ]
}
