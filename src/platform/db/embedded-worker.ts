// The embedded database in a thread of its own, so that a long query never keeps the server from answering.
// Speaks PostgreSQL's wire protocol: bytes in, bytes out (see embedded-stream.ts).
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { DurableNodeFS } from './durable-fs.ts'

const port = parentPort
if (!port) throw new Error('embedded-worker is started by openEmbedded only')

const { directory } = workerData as { directory: string }
const files = new DurableNodeFS(directory)

try {
  const engine = await PGlite.create({
    fs: files,
    // `-F` would switch fsync off. The log of changes takes a quarter of what a server gives it: nobody replays much of it here, and it is all on one disk.
    startParams: [
      ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
      '-c',
      'wal_sync_method=fsync',
      '-c',
      'max_wal_size=256MB',
      '-c',
      'min_wal_size=32MB',
      '-c',
      'shared_buffers=32MB',
    ],
  })
  await proveDurable(engine)
  port.on('message', (message: Uint8Array | 'close') => void answer(engine, message))
  port.postMessage('ready')
} catch (error) {
  port.postMessage({ failed: error instanceof Error ? error.message : String(error) })
}

async function answer(engine: PGlite, message: Uint8Array | 'close') {
  if (message === 'close') {
    await engine.close()
    port?.postMessage('closed')
    return
  }
  try {
    const parts: Uint8Array<ArrayBuffer>[] = []
    // Not execProtocolRaw: it parses every answer beside handing it out, and keeps what it parsed for ever. A part is a view of memory that is used again.
    await engine.execProtocolRawStream(message, { syncToFs: false, onRawData: (part) => void parts.push(new Uint8Array(part)) })
    const bytes = join(parts)
    port?.postMessage(bytes, [bytes.buffer])
  } catch (error) {
    port?.postMessage({ failed: error instanceof Error ? error.message : String(error) })
  }
}

function join(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** A commit that did not reach the disk would be found out only after a power cut: look at once. */
async function proveDurable(engine: PGlite) {
  await engine.exec('create table if not exists public.durability_probe (at timestamptz not null)')
  const before = files.synced
  await engine.exec('insert into public.durability_probe values (now())')
  if (files.synced === before) throw new Error('a commit did not cause an fsync: committed rows could be lost in a power cut')
  await engine.exec('drop table public.durability_probe')
}
