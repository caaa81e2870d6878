import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'

type Options = { challenge: string; rp?: { id?: string }; rpId?: string; user?: { id: string } }
type Manner = { origin?: string; host?: string; counter?: number; verified?: boolean }

/** A device that makes one passkey and signs with it: WebAuthn Level 3, attestation `none`, ES256. Written out, so that it can also misbehave. */
export class Authenticator {
  readonly id = randomBytes(16).toString('base64url')
  counter = 0
  private readonly publicKey: KeyObject
  private readonly privateKey: KeyObject
  private user = ''

  constructor() {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.publicKey = pair.publicKey
    this.privateKey = pair.privateKey
  }

  /** What a browser answers when a passkey is added. */
  add({ challenge, rp, user }: Options, manner: Manner = {}): string {
    this.user = user?.id ?? ''
    const { x = '', y = '' } = this.publicKey.export({ format: 'jwk' })
    const point = (text: string) => cborBytes(Buffer.from(text, 'base64url'))
    // COSE: key type 2 (EC2), algorithm -7 (ES256), curve 1 (P-256), x, y.
    const key = Buffer.concat([Buffer.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21), point(x), Buffer.of(0x22), point(y)])
    const id = Buffer.from(this.id, 'base64url')
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.of(0, id.length), id, key])
    const data = Buffer.concat([this.data(manner.host ?? rp?.id ?? '', { ...manner, with: 0x40 }), credential])
    const attestation = Buffer.concat([
      Buffer.of(0xa3),
      cborText('fmt'),
      cborText('none'),
      cborText('attStmt'),
      Buffer.of(0xa0),
      cborText('authData'),
      cborBytes(data),
    ])
    return this.answer({
      clientDataJSON: client('webauthn.create', challenge, manner).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    })
  }

  /** What a browser answers when somebody signs in. */
  sign({ challenge, rpId }: Options, manner: Manner = {}): string {
    const clientData = client('webauthn.get', challenge, manner)
    const data = this.data(manner.host ?? rpId ?? '', manner)
    const signature = createSign('sha256')
      .update(Buffer.concat([data, createHash('sha256').update(clientData).digest()]))
      .sign(this.privateKey)
    return this.answer({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: this.user,
    })
  }

  private data(host: string, { counter = this.counter, verified = true, with: more = 0 }: Manner & { with?: number }): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([createHash('sha256').update(host).digest(), Buffer.of(0x01 | (verified ? 0x04 : 0) | more), count])
  }

  private answer(response: Record<string, unknown>): string {
    return JSON.stringify({ id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response })
  }
}

const client = (type: string, challenge: string, { origin = 'http://localhost' }: Manner) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

const cborText = (text: string) => Buffer.concat([Buffer.of(0x60 | text.length), Buffer.from(text)])

const cborBytes = (bytes: Buffer) =>
  Buffer.concat([bytes.length < 256 ? Buffer.of(0x58, bytes.length) : Buffer.of(0x59, bytes.length >> 8, bytes.length & 255), bytes])
