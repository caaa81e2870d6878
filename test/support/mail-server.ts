import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { buffer } from 'node:stream/consumers'

export type Arrived = { from: string; to: string[]; raw: string; parsed: Email }

export type MailServer = {
  url: string
  /** What was accepted, in order. */
  arrived: Arrived[]
  close: () => Promise<void>
}

type Manner = {
  port?: number
  /** What is said of a recipient instead of a yes, such as `550 no such user`. */
  refuse?: (address: string) => string | undefined
  /** Called when a letter has arrived, before the server says so. */
  onLetter?: (letter: Arrived) => Promise<void> | void
}

/** A real mail server on this machine, which keeps what it gets. */
export async function startMailServer({ port = 0, refuse, onLetter }: Manner = {}): Promise<MailServer> {
  const arrived: Arrived[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onRcptTo({ address }, _, done) {
      const words = refuse?.(address)
      done(words === undefined ? null : Object.assign(new Error(words.slice(4)), { responseCode: Number(words.slice(0, 3)) }))
    },
    onData(stream, session, done) {
      void take()
      async function take() {
        const raw = (await buffer(stream)).toString('latin1')
        const { mailFrom, rcptTo } = session.envelope
        const letter = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw,
          parsed: await PostalMime.parse(Buffer.from(raw, 'latin1')),
        }
        arrived.push(letter)
        await onLetter?.(letter)
        done()
      }
    },
  })
  // A client that is killed leaves its connection open on our side.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    arrived,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
      }),
  }
}
