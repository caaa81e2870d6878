import { Duplex } from 'node:stream'
import type { Worker } from 'node:worker_threads'

const authenticationOk = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0])
const readyForQuery = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])
const terminate = 0x58
/** The message `Query` that ends what a session began and forgets the statements it kept. */
const afresh = Buffer.from('Q\0\0\0\x1drollback; deallocate all\0', 'latin1')

/**
 * What node-postgres takes for a socket: hands wire protocol messages to the thread of the embedded database and its answers back.
 * Writes that node-postgres corks together travel as one message, so that a query costs one round trip.
 */
export class EmbeddedStream extends Duplex {
  private readonly worker: Worker
  private started = false
  private greeting = false
  private readonly onMessage = (message: unknown) => this.receive(message)

  constructor(worker: Worker) {
    super()
    this.worker = worker
    worker.on('message', this.onMessage)
    worker.once('exit', () => this.destroy())
  }

  // The calls that node-postgres makes on a socket.
  connect() {
    process.nextTick(() => this.emit('connect'))
  }
  setNoDelay() {}
  setKeepAlive() {}
  ref() {}
  unref() {}

  override _read() {}

  override _write(chunk: Buffer, _encoding: string, done: () => void) {
    this.send(chunk)
    done()
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void) {
    this.send(Buffer.concat(chunks.map(({ chunk }) => chunk)))
    done()
  }

  override _final(done: () => void) {
    this.push(null)
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void) {
    this.worker.off('message', this.onMessage)
    done(error)
  }

  private send(bytes: Buffer) {
    if (!this.started) {
      // The start-up packet. The thread is one session that is open already: what a lost connection began in it ends first.
      this.started = true
      this.greeting = true
      this.post(afresh)
      return
    }
    if (bytes[0] === terminate) {
      this.push(null)
      return
    }
    this.post(bytes)
  }

  private post(bytes: Buffer) {
    const copy = new Uint8Array(bytes)
    this.worker.postMessage(copy, [copy.buffer])
  }

  private receive(message: unknown) {
    if (this.greeting && message instanceof Uint8Array) {
      this.greeting = false
      this.push(Buffer.concat([authenticationOk, readyForQuery]))
    } else if (message instanceof Uint8Array) this.push(Buffer.from(message.buffer, message.byteOffset, message.byteLength))
    else if (typeof message === 'object' && message !== null && 'failed' in message) this.destroy(new Error(String(message.failed)))
  }
}
