import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { isTyped } from '../src/platform/text/typed.ts'
import { checksOf, defOf, hostileJson, hostileText, partsOf, valuesOf } from './support/hostile.ts'
import { exportedSchemas } from './support/schemas.ts'

const schemas = await exportedSchemas()
/** What comes in from people or programs: not the shapes of answers, nor the sheets that an operator loads. */
const inputs = schemas.filter(({ name }) => !/\/(api|sheets)\/|languageText$/.test(name))

type Leaf = { name: string; schema: z.ZodString }

/** Every string in a schema, by its path. */
function* stringsIn(schema: z.ZodType, name: string, seen = new Set<z.ZodType>()): Generator<Leaf> {
  if (seen.has(schema)) return
  seen.add(schema)
  if (schema instanceof z.ZodString) yield { name, schema }
  const { shape } = defOf(schema)
  if (shape) for (const [field, part] of Object.entries(shape)) yield* stringsIn(part, `${name}.${field}`, seen)
  else for (const part of partsOf(schema)) yield* stringsIn(part, name, seen)
}

const leaves = inputs.flatMap(({ name, schema }) => [...stringsIn(schema, name)])
const short = (name: string) => name.replace(/^src\//, '')

/** Strings that nobody reads: kept as they are typed, since a changed password would be another, or read by a program alone. */
const unread = [
  // Passwords, codes and what a passkey answers are compared, never shown.
  /\.(password|current|code|response)$/,
  // Places in a list, made by the program.
  /\bcursor$/,
  // A mark of consent, and a code that is held against a list.
  /termsInput\.agree$/,
  /\.country$/,
  // Dates by their own grammar.
  /\.(as_of|known_at|period)$/,
  // Bodies of mail are written by the program, of texts that were read before.
  /mailInput\.(body)$/,
  // Counted and hashed by the program that writes the checkpoint.
  /checkpoint/,
]
const hasForm = (schema: z.ZodString) => checksOf(schema).some(({ check, format }) => check === 'string_format' && format !== undefined)

test('every field of text that people type is one of typedLine, typedText and typedName', () => {
  expect(leaves.length).toBeGreaterThan(80)
  const forgotten = leaves.filter(({ name, schema }) => !isTyped(schema) && !hasForm(schema) && !unread.some((each) => each.test(name)))
  expect(forgotten.map(({ name }) => `${short(name)}: say by platform/text/typed.ts which text it is`)).toEqual([])
})

test('every string has a longest length, or a form that is no longer', () => {
  const forms = new Set(['uuid', 'email', 'date'])
  const endless = leaves.filter(({ schema }) => {
    const checks = checksOf(schema)
    const { source = '' } = checks.find(({ pattern }) => pattern)?.pattern ?? {}
    const isBounded = source.startsWith('^') && source.endsWith('$') && !/[^\\][*+]/.test(source)
    return !checks.some(({ check }) => check === 'max_length') && !checks.some(({ format }) => forms.has(format ?? '')) && !isBounded
  })
  // These two are held against a list, and a date against its grammar, which both end at once.
  expect(endless.map(({ name }) => short(name)).filter((name) => !/\.(country|as_of|known_at|period)$/.test(name))).toEqual([])
})

const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_122)
const runs = Number(process.env['FUZZ_RUNS'] ?? 4) * 40

test.each(inputs.map(({ name, schema }) => [short(name), schema] as const))(
  '%s throws nothing of its own, and takes what it made of something',
  (_, schema) => {
    const anything = fc.oneof(valuesOf(schema), hostileJson, hostileText, fc.anything({ withNullPrototype: true }))
    fc.assert(
      fc.property(anything, (value) => {
        const once = schema.safeParse(value)
        if (!once.success) return
        const again = schema.safeParse(once.data)
        expect(again).toEqual(once)
      }),
      { seed, numRuns: runs },
    )
  },
)
