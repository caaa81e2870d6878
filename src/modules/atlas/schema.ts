import { z } from 'zod'
import { typedQuery } from '../../platform/text/typed.ts'
import { entryFilter, entryKinds, type EntryKind } from '../record/index.ts'

/** The kinds of things that a search may be narrowed to. */
export const searchKinds = [...entryKinds, 'source', 'member', 'concept', 'listing'] as const

export const searchInput = z.object({
  q: typedQuery().max(200).default('').describe('Words of any language, with or without accents').meta({ example: 'trung tâm công nghệ sinh học' }),
  kind: z
    .union([z.literal(''), z.enum(searchKinds)])
    .optional()
    .transform((value) => (value === '' ? undefined : value))
    .describe('Only this kind'),
  page: z.coerce.number().int().min(1).max(50).default(1).describe('Page of twenty hits'),
})

export const hitsPerPage = 20

/** What a timeline shows. Flows are not among them: their date is the period that a figure is of, and a row of yearly figures is no happening. */
export const timelineKinds = [
  'event',
  'agreement',
  'venture',
  'facility',
  'technology-transfer',
  'project',
  'programme',
  'authorization',
  'initiative',
  'organization',
] as const satisfies readonly EntryKind[]

export const timelineFilter = entryFilter.pick({ period: true, country: true, organization: true, cursor: true }).extend({
  kind: z
    .array(z.union([z.literal(''), z.enum(timelineKinds)]))
    .max(20)
    .transform((kinds) => timelineKinds.filter((kind) => kinds.includes(kind)))
    .describe('Only these kinds'),
  sort: z.enum(['-date', 'date']).default('-date').describe('Newest or oldest first'),
})
export type TimelineInput = z.output<typeof timelineFilter>

/** The five in which the network joins what its members have. */
export const pillars = ['research', 'training', 'technology-transfer', 'production', 'commercialization'] as const
export type Pillar = (typeof pillars)[number]

/** Kinds of entries that say who works with whom. */
export const networkKinds = [
  'agreement',
  'venture',
  'facility',
  'technology-transfer',
  'project',
  'programme',
  'authorization',
] as const satisfies readonly EntryKind[]

const oneOf = <const T extends readonly string[]>(values: T, description: string) =>
  // A form sends the empty string for "any".
  z
    .union([z.literal(''), z.enum(values)])
    .optional()
    .transform((value) => (value === '' ? undefined : value))
    .describe(description)

export const networkFilter = entryFilter.pick({ period: true, country: true }).extend({
  pillar: oneOf(pillars, 'Only what belongs to this pillar'),
  kind: oneOf(networkKinds, 'Only what entries of this kind say'),
  countries: oneOf(['yes'], 'Countries that are parties, beside the organizations'),
})
export type NetworkInput = z.output<typeof networkFilter>

/** The parts of the world that the map may show. */
export const mapViewNames = ['world', 'cuba', 'china', 'viet-nam'] as const
export type MapView = (typeof mapViewNames)[number]

const asked = <S extends z.ZodType<string>>(schema: S) =>
  // A form sends the empty string for "any".
  z
    .union([z.literal(''), schema])
    .optional()
    .transform((value) => (value === '' ? undefined : (value as z.output<S> | undefined)))

export const mapInput = z.object({
  what: asked(z.enum(['organization', 'facility'])).describe('Only organizations, or only facilities'),
  kind: asked(
    z
      .string()
      .max(60)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  ).describe('Kind of organization or facility'),
  country: asked(z.string().regex(/^[A-Z]{2}$/)).describe('Country, ISO 3166-1 alpha-2'),
  area: asked(z.enum(mapViewNames)).describe('Part of the world'),
  place: asked(
    z
      .string()
      .max(2000)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*(,[a-z0-9]+(-[a-z0-9]+)*)*$/),
  ).describe('Keys of places, with commas between them; `none` for what has no place'),
})
export type MapInput = z.output<typeof mapInput>
