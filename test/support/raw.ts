import { connect, type AddressInfo } from 'node:net'
import type { Server } from 'node:http'

/** What a server says to bytes sent just so, until it ends the connection. @param pieces sent one after the other, so many milliseconds apart */
export function sendRaw(server: Server, pieces: string | readonly (string | Buffer)[], apart = 0): Promise<string> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1')
    let said = ''
    let timer: NodeJS.Timeout | undefined
    const rest = typeof pieces === 'string' ? [pieces] : [...pieces]
    const sendNext = () => {
      const piece = rest.shift()
      if (piece === undefined || socket.destroyed) return
      socket.write(piece)
      timer = setTimeout(sendNext, apart)
    }
    const end = () => {
      clearTimeout(timer)
      resolve(said)
    }
    socket.setEncoding('latin1')
    socket.on('connect', sendNext)
    socket.on('data', (data: string) => void (said += data))
    socket.on('close', end)
    // A server that has had enough closes while bytes still come.
    socket.on('error', end)
    socket.setTimeout(30_000, () => reject(new Error(`the server keeps the connection: ${JSON.stringify(said.slice(0, 200))}`)))
  })
}

/** The status line's number, and each further one on the same connection. */
export const statusesIn = (said: string): number[] => [...said.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))
