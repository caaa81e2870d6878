/** As far as it is used here; the package brings no types. */
declare module 'saxen' {
  type Decode = (text: string) => string
  export class Parser {
    on(event: 'openTag', handle: (name: string, attributes: () => Record<string, string>, decode: Decode, isClosed: boolean) => void): this
    on(event: 'closeTag', handle: (name: string, decode: Decode, isClosed: boolean) => void): this
    on(event: 'text', handle: (text: string, decode: Decode) => void): this
    on(event: 'cdata', handle: (text: string) => void): this
    on(event: 'error', handle: (error: Error) => void): this
    stop(): void
    parse(xml: string): this
  }
}
