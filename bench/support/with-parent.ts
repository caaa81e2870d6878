// Loaded into every server of a benchmark before its own code: ends it when the process that started it is gone, even if that was killed.
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  process.stdin.once('end', () => process.kill(process.pid, 'SIGTERM')).resume()
  process.stdin.unref()
}
