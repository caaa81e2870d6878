import { z } from 'zod'
import { passwordLength } from '../../platform/access/passwords.ts'
import { languages } from '../../platform/i18n/languages.ts'
import { typedLine, typedName, typedText } from '../../platform/text/typed.ts'

const email = typedLine().max(254).pipe(z.email()).describe('Address for mail').meta({ example: 'ana@hospital.example.org' })
const password = z.string().min(passwordLength.min).max(passwordLength.max).describe('At least twelve characters').meta({ example: 'correct horse battery' })
const personName = typedName().min(1).max(200).describe('Name of the person, as they write it').meta({ example: 'Ana Ejemplo' })
const language = z.enum(languages).describe('Language of mails to the person')

export const signInInput = z.object({ email: typedLine().min(1).max(254), password: z.string().min(1).max(passwordLength.max) })
export const passwordAsk = z.object({ email })
export const passwordInput = z.object({ password })
export const passwordChange = z.object({ current: z.string().min(1).max(passwordLength.max), password })
export const firstInput = z.object({ email, name: personName, password })
export const accountInput = z.object({ name: personName, language })
/** That somebody accepts the terms of use: the version that they were shown, and their mark. */
export const termsInput = z.object({ version: z.coerce.number().int().catch(0), agree: z.string().min(1).max(20) })

const longestCode = 40
/** What a browser answers for a passkey: JSON, in a field of a form. */
const response = z.string().min(1).max(60_000)
/** A code of an authenticator app or a recovery code. */
export const codeInput = z.object({ code: z.string().trim().min(1).max(longestCode) })
export const proofInput = z.object({ current: z.string().min(1).max(passwordLength.max), code: z.string().trim().max(longestCode).default('') })
export const passkeyAnswer = z.object({ response })
export const passkeyInput = z.object({ name: typedName().min(1).max(100), response })

/** Why somebody reports a page. */
export const reportReasons = ['illegal', 'personal-data', 'impersonation', 'spam', 'harm', 'other'] as const
export type ReportReason = (typeof reportReasons)[number]
/** What came of a report. */
export const reportOutcomes = ['nothing', 'changed', 'removed'] as const
export type ReportOutcome = (typeof reportOutcomes)[number]

/** A path of this site, and nothing that a browser takes for another. */
export const sitePath = z
  .string()
  .trim()
  .max(300)
  .regex(/^\/([^/\s\\][^\s\\]*)?$/)
  .describe('Path of the page on this site')
  .meta({ example: '/organizations/cigb' })

/** That a public page does harm. */
export const reportInput = z.strictObject({
  id: z.uuid().describe('Made by the form, so that a second click sends nothing twice').meta({ example: '0197a3f2-5c1e-7cc0-9a51-0f6f2f3c8a10' }),
  about: sitePath,
  reason: z.enum(reportReasons).describe('Which kind of harm'),
  claim: typedText().min(1).max(4000).describe('What is wrong with the page').meta({ example: 'The page shows the home address of a patient.' }),
  contact: z
    .union([z.literal(''), email])
    .optional()
    .transform((value) => (value === '' ? undefined : value))
    .describe('Mail address to tell what came of it; never shown in public')
    .meta({ example: 'reader@example.org' }),
})
export type ReportInput = z.output<typeof reportInput>

/** How something that came in is brought to an end. @param outcomes what may come of it */
export const closureInput = <const T extends readonly [string, ...string[]]>(outcomes: T) =>
  z.object({
    outcome: z.enum(outcomes),
    note: typedText()
      .max(2000)
      .optional()
      .transform((value) => (value === '' ? undefined : value)),
    version: z.coerce.number().int().min(1),
  })
export type Closure<Outcome extends string> = { outcome: Outcome; note?: string | undefined; version: number }

const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  // A form sends the empty string for "any".
  z
    .union([z.literal(''), z.enum(values)])
    .optional()
    .transform((value) => (value === '' ? undefined : value))
const cursor = z.string().max(1000).optional()

/** What the lists of the desk are asked for; the filters of a thing that comes in are those of its list. */
export const outboxFilter = z.object({ state: choice(['waiting', 'refused', 'ended', 'withdrawn']), cursor })
export const openFilter = z.object({ state: choice(['open', 'closed']), cursor })
export type OpenFilter = z.output<typeof openFilter>
export const reportFilter = openFilter.extend({ reason: choice(reportReasons) })
export type ReportFilter = z.output<typeof reportFilter>
export const mailRetry = z.object({ attempts: z.coerce.number().int().min(0) })
