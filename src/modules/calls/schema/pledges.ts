import { z } from 'zod'
import { languages } from '../../../platform/i18n/languages.ts'
import { typedLine, typedText } from '../../../platform/text/typed.ts'
import { amount, check, day, memberKey, optional, version } from './fields.ts'
import { declineCodes } from './terms.ts'

const content = z.object({
  amount,
  available_from: day.describe('From when it can be had'),
  available_until: optional(day).describe('Until when it can be had'),
  language: z.enum(languages).describe('The language of conditions and note'),
  conditions: optional(typedText().max(2000)),
  note: optional(typedText().max(2000)),
})
type Content = z.output<typeof content>
const hasAmount = check<Content>('amount', 'required', ({ amount: typed }) => typed !== undefined)
const inOrder = check<Content>(
  'available_until',
  'out_of_range',
  ({ available_from: from, available_until: until }) => typeof from !== 'string' || typeof until !== 'string' || from <= until,
)

/** What a member pledges for one line, in the unit of that line. */
export const pledgeInput = z
  .object({ id: z.uuid().describe('Made by the form, so that a second click pledges nothing twice'), member: memberKey, line: z.uuid(), ...content.shape })
  .refine(...hasAmount)
  .refine(...inOrder)
export type PledgeInput = z.output<typeof pledgeInput>

export const pledgeChange = z
  .object({ ...content.shape, version })
  .refine(...hasAmount)
  .refine(...inOrder)
export type PledgeChange = z.output<typeof pledgeChange>

export const acceptanceInput = z
  .object({ version, accepted: amount })
  .refine(...check<{ accepted: number }>('accepted', 'required', (typed) => typed.accepted !== undefined))
export const refusalInput = z.object({ version, code: z.enum(declineCodes), decline_note: optional(typedText().max(2000)) })
export const deliveryInput = z
  .object({ id: z.uuid(), delivered: amount, delivered_on: day, delivery_note: optional(typedLine().max(1000)) })
  .refine(...check<{ delivered: number }>('delivered', 'required', (typed) => typed.delivered !== undefined))
