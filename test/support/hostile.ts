import fc from 'fast-check'
import { z } from 'zod'

/** A mark that no page of ours has; raw in an answer, it shows that what somebody typed became markup. */
export const markup = '<fuzz-mark'

const fixed: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  '\ufffe',
  '\r\nSet-Cookie: a=b',
  'a\nb\tc\u2028d\u2029e\u0085f',
  `"'>${markup} onload=x>`,
  `</script>${markup}>`,
  '&lt;&#0;&amp;',
  "' or 1=1 --",
  '$1 {} %s %n ${x} {{x}} {n}',
  '%',
  '%00',
  '%ff%fe',
  '../../../etc/passwd',
  '..\\..\\x',
  '/etc/passwd',
  'C:\\con',
  '//example.org/x',
  '/\\example.org',
  'https://example.org/',
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'http://[::1',
  'https://user:pass@例え.テスト:99999/',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  '-0',
  '0',
  '-1',
  '1e999',
  '0x10',
  '٣',
  '2147483648',
  '9007199254740993',
  '99999999999999999999999999',
  '9'.repeat(400),
  '0000-00-00',
  '2026-02-30',
  '9999-12-31',
  '0001-01-01',
  '+275760-09-13',
  '-271821-04-20',
  'infinity',
  '2026-01-01/2025-01-01',
  '{}',
  '[]',
  '[[[[[[[[',
  '"',
  '\\',
  '\u202egnp.exe',
  '\u2066x',
  'a\u200bb',
  '\u{e0041}\u{e007f}',
  'Z' + '\u0351\u0352\u0353'.repeat(40),
  '👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'ﷺ'.repeat(30),
  'İ'.repeat(30),
  'ß'.repeat(300),
  '药'.repeat(3000),
  'a'.repeat(5000),
  'a '.repeat(2000),
  '-'.repeat(3000),
  '((((((((((((((((((((((((',
  '00000000-0000-0000-0000-000000000000',
  '00000000-0000-7000-8000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  Buffer.from('["after","\u0000","00000000-0000-7000-8000-000000000000"]').toString('base64url'),
  Buffer.from('["after","2024-99-99","00000000-0000-7000-8000-000000000000"]').toString('base64url'),
  Buffer.from('["before","x","00000000-0000-7000-8000-000000000000"]').toString('base64url'),
]

/** Text that somebody sends who means no good, or whose program is broken. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...fixed) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...fixed), fc.constantFrom(...fixed)).map((pair) => pair.join('')) },
)

/** Anything that JSON can say, wrong types, deep and with odd names among it. */
export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, 0, -1, 1e308, [], {}, [[]], ['', ''], { length: 1e9 }) },
  { weight: 1, arbitrary: fc.dictionary(hostileText, hostileText, { maxKeys: 5, noNullPrototype: true }) },
)

type Def = {
  type: string
  innerType?: z.ZodType
  in?: z.ZodType
  out?: z.ZodType
  options?: readonly z.ZodType[]
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  items?: readonly z.ZodType[]
  entries?: Record<string, string>
  values?: readonly unknown[]
  keyType?: z.ZodType
  valueType?: z.ZodType
  checks?: readonly { _zod: { def: Check } }[]
} & Check
export type Check = { check?: string; format?: string; pattern?: RegExp; maximum?: number; minimum?: number; value?: number }

export const defOf = (schema: z.ZodType): Def => schema.def
/** What a schema demands of a value beside its type, its own format first. */
export const checksOf = (schema: z.ZodType): Check[] => [defOf(schema), ...(defOf(schema).checks ?? []).map(({ _zod }) => _zod.def)]

/** The schemas right inside of another. */
export function partsOf(schema: z.ZodType): z.ZodType[] {
  const { innerType, in: before, out, options = [], shape = {}, element, items = [], keyType, valueType } = defOf(schema)
  return [innerType, before, out, ...options, ...Object.values(shape), element, ...items, keyType, valueType].filter((part) => part !== undefined)
}

const byFormat: Record<string, fc.Arbitrary<string>> = {
  uuid: fc.uuid(),
  email: fc.constantFrom('ana@example.org', 'x@y.example', `${'a'.repeat(60)}@example.org`),
  url: fc.constantFrom('https://www.example.org/', 'http://example.org/a?b=c#d', 'https://example.org'),
  date: fc.constantFrom('2026-01-01', '0000-01-01', '9999-12-31', '2024-02-29'),
}

/** Values that a schema may take: right in their form, odd in what they say. Some refinements still refuse them. */
export function valuesOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const def = defOf(schema)
  switch (def.type) {
    case 'string':
      return stringsOf(schema)
    case 'number':
      return fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom('0', '1', '2', 2_147_483_647, 9e15))
    case 'boolean':
      return fc.boolean()
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries ?? {}))
    case 'literal':
      return fc.constantFrom(...(def.values ?? []))
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(def.shape ?? {}).map(([name, part]) => [name, valuesOf(part)])), { requiredKeys: [] })
    case 'array':
      return fc.array(valuesOf(def.element ?? z.never()), { maxLength: 4 })
    case 'tuple':
      return fc.tuple(...(def.items ?? []).map(valuesOf))
    case 'union':
      return fc.oneof(...(def.options ?? []).map(valuesOf))
    case 'record':
      return fc.dictionary(valuesOf(def.keyType ?? z.never()) as fc.Arbitrary<string>, valuesOf(def.valueType ?? z.never()), { maxKeys: 4 })
    case 'optional':
    case 'nullable':
      return fc.oneof({ weight: 1, arbitrary: fc.constant(undefined) }, { weight: 4, arbitrary: valuesOf(def.innerType ?? z.never()) })
    case 'default':
    case 'catch':
      return valuesOf(def.innerType ?? z.never())
    case 'pipe':
      // What is prepared before it is checked takes anything; what is checked first and changed after takes that.
      return valuesOf((def.in && defOf(def.in).type === 'transform' ? def.out : def.in) ?? z.never())
    default:
      return hostileJson
  }
}

function stringsOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const checks = checksOf(schema)
  const format = checks.map((check) => byFormat[check.format ?? '']).find((each) => each !== undefined)
  if (format) return format
  const pattern = checks.find((check) => check.pattern instanceof RegExp)?.pattern
  if (pattern && !/\(\?[!=]|\\p/.test(pattern.source)) return fc.stringMatching(pattern, { maxLength: 60 })
  const { example } = (schema.meta() ?? {}) as { example?: unknown }
  return typeof example === 'string' ? fc.oneof(fc.constant(example), hostileText) : hostileText
}
