import { z } from 'zod'
import { languages } from '../../platform/i18n/languages.ts'
import { frequencies, type SavedQuestion } from '../../platform/search/saved.ts'
import { typedLine, typedQuery } from '../../platform/text/typed.ts'
import { entryFilter, entryKinds, type EntryKind } from '../record/index.ts'

/** The kinds of things that a search may be narrowed to. */
export const searchKinds = [...entryKinds, 'source', 'member', 'concept', 'listing', 'call'] as const

/** By what else than its kind a hit may be looked for, in the order in which it is asked. */
export const searchFacets = ['country', 'language', 'direction', 'pillar'] as const
export type SearchFacet = (typeof searchFacets)[number]

const anyOr = <const T extends z.ZodType>(schema: T, description: string) =>
  // A form sends the empty string for "any".
  z
    .union([z.literal(''), schema])
    .optional()
    .transform((value) => (value === '' ? undefined : (value as string | undefined)))
    .describe(description)

export const searchInput = z.object({
  q: typedQuery().max(200).default('').describe('Words of any language, with or without accents').meta({ example: 'trung tâm công nghệ sinh học' }),
  kind: z
    .union([z.literal(''), z.enum(searchKinds)])
    .optional()
    .transform((value) => (value === '' ? undefined : value))
    .describe('Only this kind'),
  country: anyOr(z.string().regex(/^[A-Z]{2}$/), 'Only what is in this country, ISO 3166-1 alpha-2'),
  language: anyOr(z.enum(languages), 'Only what is written in this language'),
  direction: anyOr(z.enum(['offer', 'need']), 'Only offers, or only needs'),
  pillar: anyOr(z.enum(['research', 'training', 'technology-transfer', 'production', 'commercialization']), 'Only offers and needs in this field'),
  page: z.coerce.number().int().min(1).max(50).default(1).describe('Page of twenty hits'),
})

export type SearchInput = z.output<typeof searchInput>

/** What a search is narrowed to beside the kind, as the index knows it: `country:CU`. */
export const facetsOf = (input: Partial<Record<SearchFacet, string | undefined>>): string[] =>
  searchFacets.flatMap((facet) => (input[facet] === undefined ? [] : [`${facet}:${input[facet]}`]))

export const hitsPerPage = 20

const savedName = typedLine().min(1).max(200).describe('What its person calls it').meta({ example: 'Dengue vaccines' })
const often = z.enum(frequencies).describe('How often its person is told of what is published for it').meta({ example: 'weekly' })

/** A search that somebody keeps. */
export const savedInput = searchInput.omit({ page: true }).extend({
  id: z.uuid().describe('Made by the form, so that a second click keeps nothing twice'),
  q: typedQuery().min(1).max(200).describe('Words of any language').meta({ example: 'dengue' }),
  name: savedName,
  often,
})
export type SavedInput = z.output<typeof savedInput>

export const savedChange = z.object({ name: savedName, often, version: z.coerce.number().int().min(1).describe('That the form was drawn from') })
export type SavedChange = z.output<typeof savedChange>

export const savedFilter = z.object({ cursor: z.string().max(1000).optional(), done: z.enum(['saved', 'changed', 'removed']).optional().catch(undefined) })

/** Searches that one person keeps, at most. */
export const mostSaved = 100

export const questionOf = (input: Pick<SearchInput, 'q' | 'kind' | SearchFacet>): SavedQuestion => ({
  words: input.q,
  kind: input.kind ?? null,
  facets: facetsOf(input),
})

/** The part of an address that asks a question. */
export const queryOf = ({ words, kind, facets }: SavedQuestion): string =>
  new URLSearchParams([['q', words], ...(kind === null ? [] : [['kind', kind]]), ...facets.map((facet) => facet.split(':', 2))]).toString()

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
