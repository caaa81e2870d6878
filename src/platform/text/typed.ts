import { z } from 'zod'
import { cleaned, cleanedLine, hiddenIn, isPiledUp, mixedWord, plainLetters, withoutHidden } from './visible.ts'

type Context = z.core.ParsePayload<string>

function refuseText({ value, issues }: Context, lines: boolean): void {
  const code = hiddenIn(value, lines)
  if (code !== undefined) issues.push({ code: 'custom', params: { code: 'hidden_character', value: code }, input: value })
  else if (isPiledUp(value)) issues.push({ code: 'custom', params: { code: 'piled_marks' }, input: value })
}

function refuseMixed({ value, issues }: Context): void {
  const word = mixedWord(value)
  if (word !== undefined) issues.push({ code: 'custom', params: { code: 'mixed_scripts', value: word.slice(0, 80) }, input: value })
}

const [cleanLine, cleanLines, cleanName] = [z.overwrite(cleanedLine), z.overwrite(cleaned), z.overwrite(plainLetters)]
const [seenLine, seenLines, oneScript] = [
  z.check<string>((context) => refuseText(context, false)),
  z.check<string>((context) => refuseText(context, true)),
  z.check<string>(refuseMixed),
]

/** One line that people type: a subject, words to look for. Hidden characters are refused, those that come with pasted text taken out. */
export const typedLine = (): z.ZodString => z.string().check(cleanLine, seenLine).trim()

/** Text of several lines that people type. */
export const typedText = (): z.ZodString => z.string().check(cleanLines, seenLines).trim()

/** A name of a person or an organization: one line, each of its words in one script, so that none can pass for another. */
export const typedName = (): z.ZodString => z.string().check(cleanLine, cleanName, seenLine, oneScript).trim()

const cleanQuery = z.overwrite<string>((text) => withoutHidden(cleanedLine(text)))

/** Words that somebody looks for: whatever cannot be seen is taken out, since it is kept nowhere. */
export const typedQuery = (): z.ZodString => z.string().check(cleanQuery).trim()

const guards: ReadonlySet<unknown> = new Set([seenLine, seenLines, cleanQuery])

/** Whether a schema of a string is one of these. For the test that no field forgets to be. */
export const isTyped = (schema: z.ZodString): boolean => (schema.def.checks ?? []).some((check) => guards.has(check))
