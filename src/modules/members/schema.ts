import { z } from 'zod'
import { passwordLength } from '../../platform/access/passwords.ts'
import { languages } from '../../platform/i18n/languages.ts'

const email = z.string().trim().max(254).pipe(z.email()).describe('Address for mail').meta({ example: 'ana@hospital.example.org' })
const password = z.string().min(passwordLength.min).max(passwordLength.max).describe('At least twelve characters').meta({ example: 'correct horse battery' })
const personName = z.string().trim().min(1).max(200).describe('Name of the person, as they write it').meta({ example: 'Ana Ejemplo' })
const language = z.enum(languages).describe('Language of mails to the person')

export const signInInput = z.object({ email: z.string().trim().min(1).max(254), password: z.string().min(1).max(passwordLength.max) })
export const passwordAsk = z.object({ email })
export const passwordInput = z.object({ password })
export const passwordChange = z.object({ current: z.string().min(1).max(passwordLength.max), password })
export const firstInput = z.object({ email, name: personName, password })
export const accountInput = z.object({ name: personName, language })
/** That somebody accepts the terms of use: the version that they were shown, and their mark. */
export const termsInput = z.object({ version: z.coerce.number().int().catch(0), agree: z.string().min(1) })

const longestCode = 40
/** What a browser answers for a passkey: JSON, in a field of a form. */
const response = z.string().min(1).max(60_000)
/** A code of an authenticator app or a recovery code. */
export const codeInput = z.object({ code: z.string().trim().min(1).max(longestCode) })
export const proofInput = z.object({ current: z.string().min(1).max(passwordLength.max), code: z.string().trim().max(longestCode).default('') })
export const passkeyAnswer = z.object({ response })
export const passkeyInput = z.object({ name: z.string().trim().min(1).max(100), response })
