import { z } from 'zod'
import { typedLine, typedText } from '../../platform/text/typed.ts'

/** Why a counterpart is not relevant. `organization` and `country` speak of all from there. */
export const unfitReasons = ['topic', 'organization', 'country', 'stage', 'scale', 'known', 'other'] as const
export type UnfitReason = (typeof unfitReasons)[number]

/** That a counterpart is not relevant. */
export const feedbackInput = z.object({
  id: z.uuid().describe('Made by the form, so that a second click says nothing twice'),
  reason: z.enum(unfitReasons).describe('Why it does not fit'),
})
export type FeedbackInput = z.output<typeof feedbackInput>

const number = typedLine()
  .min(1)
  .max(40)
  .regex(/^[A-Za-z]+(-[0-9]+)+$/)

/** Two listings that the secretariat brings together. */
export const introductionInput = z.object({
  id: z.uuid().describe('Made by the form, so that a second click makes nothing new'),
  listing: number.describe('Number of one listing').meta({ example: 'OF-2026-0012' }),
  other: number.describe('Number of the other one').meta({ example: 'NE-2026-0003' }),
  note: typedText().min(1).max(2000).describe('What the two organizations are told'),
})
export type IntroductionInput = z.output<typeof introductionInput>

export const matchFilter = z.object({
  cursor: z.string().max(1000).optional().describe('Place in the list, as `next` or `previous` of another page gave it'),
})

/** How somebody is told of what is found for the listings that they answer for. */
export const noticeInput = z.object({
  often: z.enum(['daily', 'never']).describe('Whether a mail tells them once a day, where there is something new').meta({ example: 'daily' }),
})
export type NoticeInput = z.output<typeof noticeInput>

export const noticeFilter = z.object({ done: z.enum(['saved', 'closed']).optional().catch(undefined) })
