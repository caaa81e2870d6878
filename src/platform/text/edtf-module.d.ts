declare module 'edtf' {
  /** Parses, without making a date: throws on what is not EDTF of the level asked for. */
  export function parse(text: string, options: { level: 0 | 1 | 2 }): unknown
  /** Parses to a date or interval with the milliseconds it spans. */
  export default function edtf(text: string): { type: string; min: number; max: number }
}
