import { z } from 'zod'
import { languages } from '../../../platform/i18n/languages.ts'
import { typedLine, typedText } from '../../../platform/text/typed.ts'
import { typedCountries } from '../../exchange/index.ts'
import { memberInputs } from '../../members/index.ts'
import { amount, check, conceptKey, cursor, inLanguages, inOriginal, memberKey, optional, several, version } from './fields.ts'
import { audiences, kinds, origins, outcomes } from './terms.ts'

export const titleLength = 200
export const bodyLength = 5000
export const itemLength = 300
export const updateLength = 4000

/** What a call begins with. */
export const callStart = z
  .object({
    id: z.uuid().describe('Made by the form, so that a second click makes nothing new'),
    origin: z.enum(origins).describe('Who writes it: the secretariat, or a member who asks for it'),
    network: z.uuid().describe('The network whose secretariat runs it'),
    member: optional(memberKey).describe('Key of the member behind it'),
    kind: z.enum(kinds),
    original: z.enum(languages).describe('The language it is written in'),
    title: typedLine().min(1).max(titleLength),
  })
  .refine(...check<{ origin: string; member: string }>('member', 'required', ({ origin, member }) => origin !== 'member' || member !== undefined))
export type CallStart = z.output<typeof callStart>

/** A call as it is written before it is opened. Little has to be there before that; see `rules/complete.ts`. */
export const callInput = z.object({
  kind: z.enum(kinds),
  original: z.enum(languages),
  ...inLanguages('title', optional(typedLine().max(titleLength))),
  ...inLanguages('body', optional(typedText().max(bodyLength))),
  countries: typedCountries,
  place: optional(typedLine().max(200)),
  deadline: optional(z.iso.date()).describe('The last day on which pledges are taken'),
  audience: z.enum(audiences),
  totals: several(z.literal('shown')).describe('Whether its readers see how much is pledged before it is closed'),
  version,
})
export type CallInput = z.output<typeof callInput>

/** One thing that is needed, and how much. */
export const lineInput = z
  .object({
    ...inLanguages('item', optional(typedLine().max(itemLength))),
    amount,
    unit: optional(typedLine().max(60)),
    concepts: several(conceptKey).refine((keys) => keys.length <= 12, { params: { code: 'out_of_range' } }),
    about: optional(typedLine().max(200)).describe('Words of what else it is about, to be offered as concepts'),
    version: z.coerce.number().int().min(0).describe('0 for a new one'),
  })
  .refine(...check<{ amount: number }>('amount', 'required', ({ amount: typed }) => typed !== undefined))
  .refine(...check<{ unit: string }>('unit', 'required', ({ unit }) => unit !== undefined))
export type LineInput = z.output<typeof lineInput>

/** A button that only moves a call on. */
export const actInput = z.object({ version })
export const reasonInput = z.object({ version, reason: typedText().min(1).max(2000) })
export const extensionInput = z.object({ version, deadline: z.iso.date().describe('The new last day') })
/** What the secretariat says while a call goes on. */
export const updateInput = inOriginal(
  z.object({ id: z.uuid(), original: z.enum(languages), ...inLanguages('text', optional(typedText().max(updateLength))) }),
  'original',
  'text',
)
/** How it ended; the report goes to everybody who reads the call. */
export const closureInput = inOriginal(
  z.object({ version, outcome: z.enum(outcomes), report_original: z.enum(languages), ...inLanguages('report', optional(typedText().max(updateLength))) }),
  'report_original',
  'report',
)

/** To whom a call is made known beside those whose offers fit. */
export const broadcastInput = z.object({ kinds: several(z.enum(memberInputs.organizationKinds)), countries: typedCountries })
export type BroadcastInput = z.output<typeof broadcastInput>

/** Which calls a list shows. */
export const callFilter = z.object({
  state: optional(z.enum(['open', 'past'])).describe('Open ones, if not given'),
  kind: optional(z.enum(kinds)),
  cursor,
})
export type CallFilter = z.output<typeof callFilter>
export const deskFilter = z.object({ state: optional(z.enum(['waiting', 'draft', 'open', 'closed'])).describe('Those that wait, if not given'), cursor })
export type DeskFilter = z.output<typeof deskFilter>
