/** What a UTF-16 unit is to whoever cuts a text into words. */
export const unit = {
  apart: 0,
  letter: 1,
  digit: 2,
  mark: 3,
  han: 4,
  clause: 5,
  sentence: 6,
  hyphen: 7,
  apostrophe: 8,
  surrogate: 9,
  point: 10,
  comma: 11,
  line: 12,
  unseen: 13,
} as const

// One byte for each unit of the Basic Multilingual Plane: a lookup where a pattern would be held against each character. Later lines override earlier ones.
const kinds: [RegExp, number][] = [
  [/\p{M}+/gu, unit.mark],
  [/[\p{L}\p{Nl}]+/gu, unit.letter],
  [/[\p{Nd}\p{No}]+/gu, unit.digit],
  [/\p{Script=Han}+/gu, unit.han],
  [/[\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Pd};:"|<>=*¿¡、，：；・•·…]+/gu, unit.clause],
  [/[!?。！？｡]+/gu, unit.sentence],
  [/[-\u2010-\u2013\u2212\ufe63\uff0d]+/gu, unit.hyphen],
  [/['\u2018\u2019\u02bc`´]+/gu, unit.apostrophe],
  [/[.\uff0e]+/gu, unit.point],
  [/[,\uff0c]+/gu, unit.comma],
  [/[\n\r\u0085\u2028\u2029]+/gu, unit.line],
  [/\p{Default_Ignorable_Code_Point}+/gu, unit.unseen],
]

function classify(): Uint8Array {
  const units = new Uint8Array(0x10000)
  for (const [first, last] of [
    [0, 0xd800],
    [0xe000, 0x10000],
  ] as const) {
    const all = Array.from({ length: last - first }, (_, at) => String.fromCharCode(first + at)).join('')
    for (const [pattern, kind] of kinds) for (const { 0: run, index } of all.matchAll(pattern)) units.fill(kind, first + index, first + index + run.length)
  }
  return units.fill(unit.surrogate, 0xd800, 0xe000)
}

let units: Uint8Array | undefined

/** The kind of every UTF-16 unit, made when first asked for: most commands of the program never read a text. */
export const unitKinds = (): Uint8Array => (units ??= classify())

const hanAbove = /\p{Script=Han}/u
const letterAbove = /\p{L}/u
const unseenAbove = /[\p{Default_Ignorable_Code_Point}\p{M}]/u

/** The kind of a character of two units; half of one is nobody's letter. @param code its code point, or a lone half */
export function kindAbove(code: number): number {
  if (code < 0x10000) return unit.apart
  const character = String.fromCodePoint(code)
  if (hanAbove.test(character)) return unit.han
  if (letterAbove.test(character)) return unit.letter
  return unseenAbove.test(character) ? unit.unseen : unit.apart
}
