import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { callInputs } from '../modules/calls/index.ts'
import { listingInputs } from '../modules/exchange/index.ts'
import { memberInputs } from '../modules/members/index.ts'
import { languages, type Language } from '../platform/i18n/languages.ts'
import { root } from '../platform/root.ts'

const { organizationKinds, pillars, roles } = memberInputs
const language = z.enum(languages)
const facts = { original: language, kind: z.enum(organizationKinds), country: z.string(), website: z.string() }
const thread = z.array(z.tuple([z.enum(['ask', 'answer']), z.string()]))
const texts = z.partialRecord(z.enum(['profile', ...pillars]), z.string())

const network = z.strictObject({
  key: z.string(),
  name: z.record(language, z.string()),
  administrator: z.string(),
  secretariat: z.string(),
  curator: z.string(),
  organizations: z.array(z.string()),
})
const person = z.strictObject({ key: z.string(), name: z.string(), email: z.string(), language })
const organization = z.strictObject({
  name: z.record(language, z.string()),
  ...facts,
  since: z.string(),
  founding: z.boolean(),
  /** Without one the secretariat enters it. */
  application: z.strictObject({ by: z.string(), why: z.string(), thread }).optional(),
  texts: z.partialRecord(language, texts),
  parent: z.string().optional(),
  people: z.array(z.strictObject({ person: z.string(), role: z.enum(roles), ended: z.boolean().optional() })),
  deputies: z.array(z.strictObject({ of: z.string(), role: z.enum(roles), person: z.string(), days: z.number() })),
  invitations: z.array(z.strictObject({ email: z.string(), role: z.enum(roles), expired: z.boolean().optional() })),
  stands: z.strictObject({ state: z.enum(['suspended', 'left']), reason: z.string() }).optional(),
})
const application = z.strictObject({
  name: z.string(),
  english: z.string().optional(),
  ...facts,
  why: z.string(),
  /** Without one the address stays unconfirmed. */
  by: z.string().optional(),
  contact: z.strictObject({ name: z.string(), email: z.string() }).optional(),
  thread,
  end: z.enum(['declined', 'withdrawn']).optional(),
  reason: z.string().optional(),
})
const words = z.partialRecord(language, z.string())
const call = z.strictObject({
  origin: z.enum(callInputs.origins),
  member: z.string().optional(),
  by: z.string(),
  kind: z.enum(callInputs.kinds),
  original: language,
  title: words,
  body: words,
  countries: z.string(),
  place: z.string(),
  /** Days until the last on which pledges are taken. */
  days: z.number(),
  lines: z.array(z.strictObject({ item: words, amount: z.number(), unit: z.string(), concepts: z.array(z.string()) })),
  pledges: z.array(
    z.strictObject({
      by: z.string(),
      member: z.string(),
      line: z.number(),
      amount: z.number(),
      conditions: z.string().optional(),
      accepted: z.number().optional(),
      delivered: z.number().optional(),
    }),
  ),
  update: z.strictObject({ original: language, text: words }).optional(),
  closed: z.strictObject({ outcome: z.enum(callInputs.outcomes), text: words }).optional(),
})
const listing = z.strictObject({
  key: z.string(),
  by: z.string(),
  member: z.string(),
  direction: z.enum(listingInputs.directions),
  pillar: z.enum(pillars),
  original: language,
  title: words,
  body: words,
  sought: words.optional(),
  stage: z.enum(listingInputs.stages).optional(),
  ip: z.enum(listingInputs.ipStates).optional(),
  forms: z.array(z.enum(listingInputs.forms)),
  partner_kinds: z.array(z.enum(organizationKinds)),
  authorizations: z.string().optional(),
  countries_wanted: z.string().optional(),
  countries_excluded: z.string().optional(),
  amount: z.number().optional(),
  unit: z.string().optional(),
  timing: z.string().optional(),
  audience: z.enum(listingInputs.audiences),
  hidden_from: z.string().optional(),
  /** Days for which it holds. */
  days: z.number(),
  state: z.enum(['draft', 'own-review', 'desk-review', 'returned', 'published']),
  /** Why it was returned. */
  reason: z.string().optional(),
  confidential: z.strictObject({ language, text: z.string() }).optional(),
  interests: z
    .array(
      z.strictObject({
        by: z.string(),
        member: z.string(),
        message: z.string(),
        decision: z.enum(['seen', 'accepted', 'declined']).optional(),
        reason: z.enum(listingInputs.declineReasons).optional(),
        answer: z.string().optional(),
      }),
    )
    .default([]),
  /** That the secretariat brings it together with another one. */
  introduction: z.strictObject({ with: z.string(), note: z.string() }).optional(),
})
const desk = z.strictObject({
  report: z.strictObject({ about: z.string(), reason: z.string(), claim: z.string(), contact: z.string(), language }),
  proposal: z.strictObject({
    by: z.string(),
    member: z.string(),
    language,
    ...Object.fromEntries(languages.map((each) => [each, z.string()])),
    why: z.string(),
  }),
  refusedMail: z.strictObject({ to: z.string(), answer: z.string() }),
})

export type DemoPerson = z.output<typeof person>
export type DemoOrganization = z.output<typeof organization> & { key: string }
export type DemoApplication = z.output<typeof application>
export type DemoCall = z.output<typeof call>
export type DemoListing = z.output<typeof listing>

/** What the demonstration is made from: `seeds/demo`. */
export type DemoSeeds = {
  network: z.output<typeof network>
  persons: DemoPerson[]
  organizations: DemoOrganization[]
  applications: DemoApplication[]
  listings: DemoListing[]
  calls: DemoCall[]
  desk: z.output<typeof desk>
  terms: Record<Language, string>
}

const textOf = (name: string) => readFileSync(join(root, 'seeds', 'demo', name), 'utf8')
const read = <S extends z.ZodType>(name: string, shape: S): z.output<S> => shape.parse(JSON.parse(textOf(`${name}.json`)))

/** Reads the seeds of the demonstration. */
export function readDemoSeeds(): DemoSeeds {
  const of = read('network', network)
  return {
    network: of,
    persons: read('persons', z.array(person)),
    organizations: of.organizations.map((key) => ({ key, ...read(`organizations/${key}`, organization) })),
    applications: read('applications', z.array(application)),
    listings: read('listings', z.array(listing)),
    calls: read('calls', z.array(call)),
    desk: read('desk', desk),
    terms: Object.fromEntries(languages.map((each) => [each, textOf(`terms/${each}.md`).trim()])) as Record<Language, string>,
  }
}
