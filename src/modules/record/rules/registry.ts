import { createHash } from 'node:crypto'
import { foldKey } from '../../../platform/text/fold.ts'
import type { RorRecord } from '../sheets/ror.ts'
import type { SourceRow } from '../sheets/sources.ts'
import type { OrganizationKnown } from './match.ts'
import { hasMarks, isAcronym, marked, siteOf, withoutSuffix } from './names.ts'
import type { StatementDraft } from './statements.ts'

/** The source of what the registry says. @param published the day on which the newest of the records used was last changed */
export const registrySource = (published: string): SourceRow => ({
  id: 'ror',
  kind: 'reference',
  title: 'Research Organization Registry',
  publisher: 'ROR',
  published,
  url: 'https://ror.org/',
  language: 'en',
})

/** Changes with whatever an organization is matched by. */
export const stateOf = ({ key, country, names, acronyms, websites, founded, ror }: OrganizationKnown): string =>
  createHash('sha256')
    .update(JSON.stringify([key, country, ...[names, acronyms, websites, founded, ror].map((texts) => texts.toSorted())]))
    .digest('hex')
    .slice(0, 16)

/** What the registry says of an organization that is not on record of it yet, each cited to the record of the registry. */
export function additions(known: OrganizationKnown, record: RorRecord): StatementDraft[] {
  const citations: StatementDraft['citations'] = [
    { source: registrySource('').id, stance: 'supports', locator: `${record.id}, ${record.admin.last_modified.date}` },
  ]
  const say = (field: string, value: string, language?: string | null): StatementDraft => ({ field, value, ...(language && { language }), citations })
  return [
    ...(known.ror.includes(record.id) ? [] : [say('ror', record.id)]),
    ...newNames(known, record).map(({ field, value, language }) => say(field, value, language)),
    ...newWebsites(known, record).map((address) => say('website', address)),
    ...newYear(known, record).map((year) => say('founded', year)),
  ]
}

type NewName = { field: 'acronym' | 'alias'; value: string; language?: string | null | undefined }

/** Names are added as other names: what an organization is called on record is for the record to say. */
function newNames(known: OrganizationKnown, record: RorRecord): NewName[] {
  const all = [...known.names, ...known.acronyms]
  const [exact, folded] = [new Set(all.map(marked)), new Map<string, string>()]
  for (const name of all) if (!folded.has(foldKey(name)) || hasMarks(name)) folded.set(foldKey(name), name)
  let hasAcronym = known.acronyms.length > 0
  return record.names.flatMap(({ value, types, lang }) => {
    const name = withoutSuffix(value) ?? value
    const same = folded.get(foldKey(name))
    // The same name with the marks that the one on record lacks is worth having.
    if (exact.has(marked(name)) || (same !== undefined && (hasMarks(same) || !hasMarks(name)))) return []
    exact.add(marked(name))
    folded.set(foldKey(name), name)
    const isFirstAcronym = types.includes('acronym') && isAcronym(name) && !hasAcronym
    if (isFirstAcronym) hasAcronym = true
    return [isFirstAcronym ? { field: 'acronym' as const, value: name } : { field: 'alias' as const, value: name, language: lang }]
  })
}

function newWebsites(known: OrganizationKnown, record: RorRecord): string[] {
  const sites = new Set(known.websites.flatMap((address) => siteOf(address) ?? []))
  return record.links.flatMap(({ type, value }) => {
    const site = siteOf(value)
    if (type !== 'website' || site === undefined || sites.has(site) || !/^https?:\/\//.test(value) || !URL.canParse(value)) return []
    sites.add(site)
    return [value]
  })
}

function newYear({ founded }: OrganizationKnown, { established }: RorRecord): string[] {
  if (established === null || established === undefined || established < 1 || established > 9999) return []
  const year = String(established).padStart(4, '0')
  return founded.some((date) => date.startsWith(year)) ? [] : [year]
}
