import { beforeAll } from 'vitest'
import { operator } from '../../src/platform/access/actor.ts'
import type { Role } from '../../src/modules/members/schema/kinds.ts'
import { readNetwork } from '../../src/modules/members/store/networks.ts'
import { makeOrganization, readOrganization, writeLogo } from '../../src/modules/members/store/organizations.ts'
import { giveRole } from '../../src/modules/members/store/roles.ts'
import { writeStanding } from '../../src/modules/members/store/standings.ts'
import { makeSomebody, type Somebody } from './persons.ts'
import type { Site } from './site.ts'
import { sql, type World } from './world.ts'

/** The smallest picture there is. */
export const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

/** Admits an organization, with a logo if nothing else is said, to the network of the instance, which somebody with an office has made. @returns its key */
export async function makeMember({ database }: Pick<World, 'database'>, name: string, { logo = true } = {}): Promise<string> {
  return database.write(operator, async (db) => {
    const network = await readNetwork(db)
    if (!network) throw new Error('make somebody with an office first')
    const facts = { kind: 'hospital', country: 'VN', website: null, ror: null, gln: null, lei: null } as const
    const { id, key, people } = await makeOrganization(db, { ...facts, name: { en: name }, original: 'en', network, onBehalf: false })
    await writeStanding(db, network, { id, people }, { state: 'admitted', founding: false, since: '2026-01-01' })
    const made = await readOrganization(db, { id })
    if (made && logo) await writeLogo(db, made, { mediaType: 'image/png', bytes: pixel })
    return key
  })
}

/** Makes somebody who acts for a member; signed in. */
export async function makeMemberPerson(world: World, key: string, name: string, role: Role, until?: Date): Promise<Somebody> {
  const somebody = await makeSomebody(world, name, [])
  await world.database.write(operator, async (db) => {
    const organization = await readOrganization(db, { key })
    if (!organization) throw new Error(`no member ${key}`)
    await giveRole(db, organization, { personId: somebody.id, role, ...(until && { until }) })
  })
  return somebody
}

/** Puts a network on a site, with the member of which one page of each kind tells. */
export function withOneMember(site: () => Site): void {
  beforeAll(async () => {
    const { world } = site()
    await makeSomebody(world, 'Ana Ejemplo', ['administrator'])
    await makeMember(world, 'Example Hospital', { logo: false })
    await world.rows(
      sql`update members.organization set profile = ${JSON.stringify({ en: 'A hospital.\n\nTrials of vaccines.', zh: '一家医院。' })}::jsonb,
        strengths = ${JSON.stringify({ training: { vi: 'Đào tạo nghiên cứu viên.' } })}::jsonb, website = 'https://hospital.example.org', ror = '03yrm5c26'`,
    )
  })
}
