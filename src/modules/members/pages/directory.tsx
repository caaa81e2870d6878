import { Hono } from 'hono'
import { refuse } from '../../../platform/errors.ts'
import type { Env } from '../../../platform/http/context.ts'
import { parseInput } from '../../../platform/issues.ts'
import { mayApplyFor, mayClaim, mayKeepKeys, mayRunNetwork, maySeePeople, mayWriteProfile } from '../policy.ts'
import { noHats } from '../rules/hats.ts'
import { standsIn } from '../rules/standings.ts'
import { memberFilter } from '../schema/organizations.ts'
import { listMembers, memberCountries } from '../store/directory.ts'
import { readHats } from '../store/hats.ts'
import { listNetworks } from '../store/networks.ts'
import { readLogo, readOrganization } from '../store/organizations.ts'
import { DirectoryPage } from '../views/directory.tsx'
import { MemberPage } from '../views/member.tsx'
import { forPerson, keyOf, wordsOf } from './signed-in.ts'

/** The members, for everybody. */
export const directoryPages = new Hono<Env>()

directoryPages.get('/members', async (c) => {
  const filter = parseInput(memberFilter, c.req.query())
  const found = await c.var.deps.database.read(c.var.actor, async (db) => ({
    list: await listMembers(db, filter),
    countries: await memberCountries(db),
    networks: await listNetworks(db),
  }))
  return c.html(<DirectoryPage {...wordsOf(c)} {...found} filter={filter} />)
})

const fewNames = 8

/** Members whose names begin as somebody types them in a form: for the script that offers them. */
directoryPages.get(
  '/member-names',
  forPerson(async (c, person) => {
    const { q } = parseInput(memberFilter.pick({ q: true }).strict(), c.req.query())
    const { rows } = q === undefined ? { rows: [] } : await c.var.deps.database.read(person, (db) => listMembers(db, { q }, fewNames))
    c.header('Cache-Control', 'private, no-store')
    return c.json({ items: rows.map(({ key, name, original }) => ({ key, name, original })) })
  }),
)

directoryPages.get('/members/:key', async (c) => {
  const { organization, hats, networks } = await c.var.deps.database.read(c.var.actor, async (db) => {
    const found = await readOrganization(db, { key: keyOf(c) })
    const worn = c.var.actor.kind === 'person' ? await readHats(db) : noHats
    return { organization: found, hats: worn, networks: found && mayApplyFor(worn, found) ? await listNetworks(db) : [] }
  })
  if (!organization) throw refuse('not_found')
  const may = {
    interests: hats.organizations.has(organization.id),
    counterparts: hats.roles.has(organization.id),
    write: mayWriteProfile(hats, organization),
    people: maySeePeople(hats, organization),
    keys: mayKeepKeys(hats, organization),
    claim: mayClaim(hats, organization),
    // Only who may apply for it was asked about networks.
    apply: networks.some(({ id }) => !standsIn(organization.standings, id)),
    desk: mayRunNetwork(hats, organization.network),
    standing: organization.standings.some(({ network }) => mayRunNetwork(hats, network)),
  }
  return c.html(<MemberPage {...wordsOf(c)} organization={organization} may={may} />)
})

directoryPages.get('/members/:key/logo', async (c) => {
  const logo = await c.var.deps.database.read(c.var.actor, (db) => readLogo(db, keyOf(c)))
  if (!logo) throw refuse('not_found')
  // The address changes with the picture.
  const isExact = c.req.query('v') === String(logo.version)
  return c.body(new Uint8Array(logo.bytes), 200, {
    'Content-Type': logo.mediaType,
    'Cache-Control': isExact ? 'public, max-age=31536000, immutable' : 'public, no-cache',
  })
})
