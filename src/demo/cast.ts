import type { Role, Office } from '../modules/members/index.ts'
import type { LanguageText } from '../platform/i18n/languages.ts'
import type { DemoPerson, DemoSeeds } from './seeds.ts'

/** Somebody whom one may choose to be: what they may do, and the page that they are led to. */
export type Player = DemoPerson & { roles: Role[]; office: Office | undefined; applied: LanguageText | undefined; home: string }
/** Those who act for one organization; for none: the network's own, and those outside of it. */
export type Group = { of: 'network' | 'outside' | { key: string; name: LanguageText; state: 'suspended' | 'left' | undefined }; players: Player[] }

/** Everybody of the demonstration, in groups as they are shown. */
export function castOf({ network, persons, organizations, applications }: DemoSeeds): Group[] {
  const officeOf = (key: string): Office | undefined => (['administrator', 'secretariat', 'curator'] as const).find((office) => network[office] === key)
  const member = new Set<string>()
  const members = organizations.map(({ key, name, stands, application, people }): Group => {
    const holders = [...(application ? [{ person: application.by, role: 'admin' as const }] : []), ...people.filter(({ ended }) => ended !== true)]
    const players = persons
      .filter((person) => holders.some((holder) => holder.person === person.key))
      .map((person): Player => {
        member.add(person.key)
        const roles = holders.filter((holder) => holder.person === person.key).map(({ role }) => role)
        return { ...person, roles, office: undefined, applied: undefined, home: `/members/${key}` }
      })
    return { of: { key, name, state: stands?.state }, players }
  })
  const others = persons
    .filter(({ key }) => !member.has(key))
    .map((person): Player => {
      const office = officeOf(person.key)
      const application = applications.find(({ by }) => by === person.key)
      const applied = application && { [application.original]: application.name, ...(application.english !== undefined && { en: application.english }) }
      return { ...person, roles: [], office, applied, home: office === undefined ? '/account' : office === 'curator' ? '/desk/proposals' : '/desk' }
    })
  return [
    { of: 'network', players: others.filter(({ office }) => office !== undefined) },
    ...members,
    { of: 'outside', players: others.filter(({ office }) => office === undefined) },
  ]
}
