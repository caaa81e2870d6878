import { z } from 'zod'
import { languages } from '../../../platform/i18n/languages.ts'
import { typedLine, typedText } from '../../../platform/text/typed.ts'

/** Where an interest stands. `accepted`: whoever sent it reads the confidential part of the listing. `handled`: the secretariat did what there was to do about one in a listing that nobody has entered. */
export const interestStates = ['sent', 'seen', 'accepted', 'declined', 'withdrawn', 'handled'] as const
export type InterestState = (typeof interestStates)[number]

/** Why an interest was declined. */
export const declineReasons = ['not-now', 'no-capacity', 'does-not-fit', 'partner-found', 'country', 'other'] as const
export type DeclineReason = (typeof declineReasons)[number]

const blankIsNone = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const version = z.coerce.number().int().min(1)
const answer = z.preprocess(blankIsNone, typedText().max(2000).optional())

/** That a member is interested in a listing. */
export const interestInput = z.object({
  id: z.uuid().describe('Made by the form, so that a second click sends nothing twice'),
  member: typedLine().min(1).max(80).describe('Key of the member that is interested'),
  language: z.enum(languages).describe('The language of the message'),
  message: z.preprocess(blankIsNone, typedText().max(4000).optional()),
})
export type InterestInput = z.output<typeof interestInput>

export const declineInput = z.object({ version, reason: z.enum(declineReasons), answer })
/** `reply`: the answer, which the form to decline has beside it on the same page. */
export const acceptanceInput = z.object({ version, reply: typedText().min(1).max(2000) })
export const handledInput = z.object({ version, answer })

/** The same from programs, which leave out what is not said. */
export const interestBody = z.strictObject({
  id: z.uuid().describe('Made by whoever sends it, so that nothing is sent twice'),
  member: typedLine().min(1).max(80).describe('Key of the member that is interested'),
  language: z.enum(languages).describe('The language of the message'),
  message: typedText().min(1).max(4000).optional(),
})
export const refusalBody = z.strictObject({
  version: z.int().min(1).describe('The version that was read; another one is refused'),
  reason: z.enum(declineReasons),
  answer: typedText().min(1).max(2000).optional().describe('What whoever sent the interest reads'),
})
export const acceptanceBody = refusalBody.omit({ reason: true }).required({ answer: true })
export const interestQuery = z.strictObject({
  member: typedLine().min(1).max(80).describe('Key of the member whose interests they are'),
  side: z.enum(['received', 'sent']).default('received'),
  cursor: z.string().max(1000).optional().describe('Place in the list, as `next` or `previous` of another page gave it'),
})

/** Which interests a list shows: those that came, or those that were sent. */
export const interestFilter = z.object({
  side: z.preprocess(blankIsNone, z.enum(['received', 'sent']).default('received')),
  cursor: z.preprocess(blankIsNone, z.string().max(1000).optional()),
})
