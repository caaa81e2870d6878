import type { Column } from '../../../platform/download/column.ts'
import type { Member } from '../store/directory.ts'
import type { Organization } from '../store/organizations.ts'

export const presentMember = ({ id, key, name, original, kind, country, pillars, standings }: Member) => ({
  id,
  key,
  name,
  original,
  kind,
  country,
  strong_in: pillars,
  standings: standings.map(({ network, state, founding, since }) => ({ network, state, founding, since })),
})

/** @param base address of the server */
export const presentOrganization = (organization: Organization, base: string) => {
  const { id, key, name, original, kind, country, website, ror, gln, lei, profile, strengths, parent, parts, entry, logo, keptBy, standings, version } =
    organization
  return {
    id,
    key,
    name,
    original,
    kind,
    country,
    website,
    ror,
    gln,
    lei,
    profile,
    strengths,
    parent: parent?.key ?? null,
    parts: parts.map((part) => part.key),
    entry,
    logo: logo === null ? null : `${base}/members/${key}/logo?v=${logo}`,
    kept_by: keptBy,
    standings: standings.map(({ networkKey, state, founding, since, until }) => ({ network: networkKey, state, founding, since, until })),
    version,
  }
}

/** The columns of the list as a file. @param base address of the server */
export function memberColumns(base: string): Column<Member>[] {
  const text = (key: string, value: (row: Member) => string | null | undefined): Column<Member> => ({ key, label: key, value })
  return [
    text('key', ({ key }) => key),
    text('name_en', ({ name }) => name.en),
    text('name_es', ({ name }) => name.es),
    text('name_zh', ({ name }) => name.zh),
    text('name_vi', ({ name }) => name.vi),
    text('original', ({ original }) => original),
    text('kind', ({ kind }) => kind),
    text('country', ({ country }) => country),
    text('strong_in', ({ pillars }) => pillars.join('; ')),
    text('standing', ({ standings }) => standings.map(({ network, state }) => `${network}: ${state}`).join('; ')),
    text('since', ({ standings }) => standings[0]?.since),
    text('founding', ({ standings }) => (standings.some(({ founding }) => founding) ? 'yes' : 'no')),
    text('address', ({ key }) => `${base}/members/${key}`),
  ]
}
