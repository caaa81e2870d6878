import { foldKey } from '../../../platform/text/fold.ts'
import type { RorRecord } from '../sheets/ror.ts'
import { compareMarks, isAcronym, siteOf, withoutSuffix } from './names.ts'
import { nearNames, type NearNames } from './near-names.ts'

/** An organization on record, as far as it is matched by. */
export type OrganizationKnown = {
  key: string
  country: string | null
  names: string[]
  acronyms: string[]
  websites: string[]
  founded: string[]
  ror: string[]
}

const equal = ['name', 'name-without-marks', 'name-without-country'] as const
export type Reason =
  | (typeof equal)[number]
  | 'identifier'
  | 'marks-differ'
  | 'acronym'
  | 'website'
  | 'near'
  | 'other-country'
  | 'no-country'
  | 'other-ror'
  | 'taken'
  | 'several'
  | 'not-active'

/** An organization on record and one of the registry that may be the same. */
export type Pair = { organization: OrganizationKnown; record: RorRecord; score: number; reasons: Set<Reason>; decision: 'same' | 'look' }

// How much each ground is worth by itself; what is not certain by any rule never reaches the equal names.
const worth: Partial<Record<Reason, number>> = {
  identifier: 1,
  name: 0.95,
  'name-without-marks': 0.93,
  'name-without-country': 0.9,
  'marks-differ': 0.7,
  website: 0.5,
  acronym: 0.4,
}
const nearWorth = 0.8
const bothGrounds = 0.04

/** So many candidates of an organization are shown at most. */
const mostCandidates = 5

type Called = { organization: OrganizationKnown; name: string; isAcronym: boolean; isStripped: boolean }

/**
 * Finds who on record may be whom in the registry. The record is indexed by folded names, sites and identifiers, so each organization of the registry costs a few
 * look-ups, however many there are on record.
 */
export class Matcher {
  private readonly called = new Map<string, Called[]>()
  private readonly sites = new Map<string, OrganizationKnown[]>()
  private readonly owners = new Map<string, OrganizationKnown[]>()
  private readonly near: NearNames
  private readonly pairs: Pair[] = []

  constructor(organizations: readonly OrganizationKnown[]) {
    for (const organization of organizations) {
      for (const name of organization.names) this.call(organization, name, isAcronym(name))
      for (const name of organization.acronyms) this.call(organization, name, true)
      for (const site of new Set(organization.websites.flatMap((address) => siteOf(address) ?? []))) put(this.sites, site, organization)
      for (const id of organization.ror) put(this.owners, id, organization)
    }
    this.near = nearNames(organizations)
  }

  private call(organization: OrganizationKnown, name: string, short: boolean) {
    const bare = withoutSuffix(name)
    put(this.called, foldKey(name), { organization, name, isAcronym: short, isStripped: false })
    if (bare !== undefined) put(this.called, foldKey(bare), { organization, name: bare, isAcronym: isAcronym(bare), isStripped: true })
  }

  /** Looks an organization of the registry up. */
  add(record: RorRecord): void {
    if (record.status === 'withdrawn') return
    const found = new Map<OrganizationKnown, { reasons: Set<Reason>; near: number }>()
    const note = (organization: OrganizationKnown, reason: Reason, near = 0) => {
      const before = found.get(organization) ?? { reasons: new Set<Reason>(), near: 0 }
      before.reasons.add(reason)
      found.set(organization, { reasons: before.reasons, near: Math.max(before.near, near) })
    }
    for (const organization of this.owners.get(record.id) ?? []) note(organization, 'identifier')
    for (const { value, types } of record.names) this.compare(value, types.includes('acronym') || isAcronym(value), note)
    for (const site of sitesOf(record)) for (const organization of this.sites.get(site) ?? []) note(organization, 'website')
    for (const country of countriesOf(record)) for (const [organization, likeness] of this.near(record, country)) note(organization, 'near', likeness)
    for (const [organization, { reasons, near }] of found) {
      const pair = this.judge(organization, record, reasons, near)
      if (pair !== undefined) this.pairs.push(pair)
    }
  }

  private compare(value: string, short: boolean, note: (organization: OrganizationKnown, reason: Reason) => void) {
    const bare = withoutSuffix(value)
    for (const [text, isStripped] of [[value, false], ...(bare === undefined ? [] : [[bare, true]])] as [string, boolean][]) {
      for (const known of this.called.get(foldKey(text)) ?? []) {
        if (short || known.isAcronym || isAcronym(text)) note(known.organization, 'acronym')
        else {
          const marks = compareMarks(known.name, text)
          note(known.organization, marks !== 'marks-differ' && (isStripped || known.isStripped) ? 'name-without-country' : marks)
        }
      }
    }
  }

  private judge(organization: OrganizationKnown, record: RorRecord, reasons: Set<Reason>, near: number): Pair | undefined {
    const countries = countriesOf(record)
    const isElsewhere = organization.country !== null && countries.length > 0 && !countries.includes(organization.country)
    // An acronym in another country is another organization.
    if (isElsewhere && ![...equal, 'identifier' as const].some((reason) => reasons.has(reason))) return undefined
    if (equal.some((reason) => reasons.has(reason))) {
      reasons.delete('near')
      reasons.delete('marks-differ')
    }
    const grounds = [...reasons].map((reason) => (reason === 'near' ? near * nearWorth : (worth[reason] ?? 0))).sort((a, b) => b - a)
    const score = Math.min(1, ((grounds[0] ?? 0) + bothGrounds * (grounds.length - 1)) * (isElsewhere ? 0.5 : 1))
    if (isElsewhere) reasons.add('other-country')
    if (organization.country === null || countries.length === 0) reasons.add('no-country')
    if (record.status !== 'active') reasons.add('not-active')
    if (organization.ror.some((id) => id !== record.id)) reasons.add('other-ror')
    if ((this.owners.get(record.id) ?? []).some((owner) => owner !== organization)) reasons.add('taken')
    return { organization, record, score: Math.round(score * 100) / 100, reasons, decision: 'look' }
  }

  /** All pairs, decided: by organization, the likeliest first. */
  decide(): Pair[] {
    const strong = this.pairs.filter(isEqualInCountry)
    const [ofOrganization, ofRecord] = [countBy(strong, ({ organization }) => organization.key), countBy(strong, ({ record }) => record.id)]
    for (const pair of this.pairs) {
      const { organization, record, reasons } = pair
      if (reasons.has('identifier')) pair.decision = reasons.has('taken') || reasons.has('other-ror') ? 'look' : 'same'
      else if (isEqualInCountry(pair)) {
        if ((ofOrganization.get(organization.key) ?? 0) > 1 || (ofRecord.get(record.id) ?? 0) > 1) reasons.add('several')
        pair.decision = doubts.some((doubt) => reasons.has(doubt)) ? 'look' : 'same'
      }
    }
    const byOrganization = new Map<string, Pair[]>()
    for (const pair of this.pairs) put(byOrganization, pair.organization.key, pair)
    return [...byOrganization]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, pairs]) => pairs.sort((a, b) => b.score - a.score || (a.record.id < b.record.id ? -1 : 1)).slice(0, mostCandidates))
  }
}

const doubts: Reason[] = ['several', 'other-ror', 'taken', 'not-active']

const isEqualInCountry = ({ reasons }: Pair) => equal.some((reason) => reasons.has(reason)) && !reasons.has('other-country') && !reasons.has('no-country')

/** The countries that an organization of the registry lies in. */
export const countriesOf = ({ locations }: RorRecord): string[] => [...new Set(locations.flatMap(({ geonames_details: { country_code: code } }) => code ?? []))]

const sitesOf = ({ links }: RorRecord) => new Set(links.flatMap(({ type, value }) => (type === 'website' ? (siteOf(value) ?? []) : [])))

function put<K, V>(map: Map<K, V[]>, key: K, value: V) {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

function countBy<T>(list: readonly T[], keyOf: (each: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const each of list) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1)
  return counts
}
