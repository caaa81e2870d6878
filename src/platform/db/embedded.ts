import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import { refuse } from '../errors.ts'
import { EmbeddedStream } from './embedded-stream.ts'
import type { Engine } from './engine.ts'
import { lockData } from './lock.ts'
import { KeepingClient } from './statements.ts'

/**
 * Opens the embedded database in `<data>/db`, locked and durable.
 *
 * @throws Refusal `data_locked`, `data_unusable`
 */
export async function openEmbedded(data: string): Promise<Engine> {
  const unlock = prepare(data)
  try {
    const directory = join(data, 'db')
    // What makes a new database takes three hundred megabytes, which only the end of its thread gives back.
    if (!existsSync(join(directory, 'PG_VERSION'))) await closeWorker(await startWorker(directory))
    return engineOf(await startWorker(directory), unlock)
  } catch (error) {
    unlock()
    throw refuse('data_unusable', { path: data, reason: error instanceof Error ? error.message : String(error) })
  }
}

function prepare(data: string): () => void {
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 })
    // The files in it are readable to whoever can look into the folder.
    if (process.platform !== 'win32' && statSync(data).uid === process.getuid?.()) chmodSync(data, 0o700)
    return lockData(data)
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw refuse('data_unusable', { path: data, reason: error.message })
    throw error
  }
}

function startWorker(directory: string): Promise<Worker> {
  // Beside this file stands the .ts when run from the sources, the bundled .js in dist/.
  const bundled = new URL('./embedded-worker.js', import.meta.url)
  const worker = new Worker(existsSync(fileURLToPath(bundled)) ? bundled : new URL('./embedded-worker.ts', import.meta.url), { workerData: { directory } })
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    const onMessage = (message: unknown) => {
      // Under "node --watch" the runtime itself sends word of files.
      if (message !== 'ready' && !(typeof message === 'object' && message !== null && 'failed' in message)) return
      worker.off('error', reject)
      worker.off('message', onMessage)
      if (message === 'ready') return resolve(worker)
      void worker.terminate()
      reject(new Error(String((message as { failed: string }).failed)))
    }
    worker.on('message', onMessage)
  })
}

function engineOf(worker: Worker, unlock: () => void): Engine {
  const config: pg.PoolConfig = {
    // One session serves everybody in turn; it is never given up while the server runs.
    max: 1,
    idleTimeoutMillis: 0,
    ssl: false,
    stream: () => new EmbeddedStream(worker),
    user: 'postgres',
    database: 'postgres',
    Client: KeepingClient,
  }
  const pool = new pg.Pool(config)
  return {
    kind: 'embedded',
    pool,
    ownerPool: pool,
    async close() {
      await pool.end()
      await closeWorker(worker)
      unlock()
    },
  }
}

function closeWorker(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once('exit', () => resolve())
    worker.on('message', (message: unknown) => {
      if (message === 'closed') void worker.terminate()
    })
    worker.postMessage('close')
  })
}
