import { Readable } from 'node:stream'
import { Hono } from 'hono'
import type { z } from 'zod'
import type { Person } from '../../../platform/access/actor.ts'
import { contentDisposition } from '../../../platform/download/disposition.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { readFile } from '../../../platform/files/store.ts'
import { publicUrl, type Ctx, type Env } from '../../../platform/http/context.ts'
import { decideClaim, withdrawClaim } from '../actions/claims.ts'
import { mayClaim, mayRunNetwork, maySeePeople } from '../policy.ts'
import { reasonInput, versionInput } from '../schema/organizations.ts'
import { claimOf, readClaim } from '../store/claims.ts'
import { readHats } from '../store/hats.ts'
import { readOrganization } from '../store/organizations.ts'
import { ClaimPage, OwnClaimPage } from '../views/claim.tsx'
import { attempt, formOf, forPerson, idOf, keyOf, statusOf, wordsOf, type Form } from './signed-in.ts'

/** That an entry of the record is about a member: for its people, and for the desk. */
export const claimPages = new Hono<Env>()

claimPages.get(
  '/members/:key/claim',
  forPerson(async (c, person) => {
    const found = await c.var.deps.database.read(person, async (db) => {
      const organization = await readOrganization(db, { key: keyOf(c) })
      const hats = await readHats(db)
      if (!organization || !maySeePeople(hats, organization)) throw refuse(organization ? 'forbidden' : 'not_found')
      return { organization, may: mayClaim(hats, organization), claim: await claimOf(db, organization.id) }
    })
    return c.html(<OwnClaimPage {...wordsOf(c)} {...found} />)
  }),
)

const extensionOf: Record<string, string> = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg' }

const read = (c: Ctx, person: Person) =>
  c.var.deps.database.read(person, async (db) => {
    const claim = await readClaim(db, idOf(c))
    if (!claim) throw refuse('not_found')
    return { claim, isDesk: mayRunNetwork(await readHats(db), claim.network) }
  })

async function page(c: Ctx, person: Person, shown: { issues?: readonly Issue[]; typed?: Form } = {}) {
  const { claim, isDesk } = await read(c, person)
  if (!isDesk) throw refuse('not_found')
  return <ClaimPage {...wordsOf(c)} claim={claim} {...shown} />
}

claimPages.get(
  '/claims/:id',
  forPerson(async (c, person) => c.html(await page(c, person))),
)

claimPages.get(
  '/claims/:id/document',
  forPerson(async (c, person) => {
    const { claim } = await read(c, person)
    const id = claim.document?.id
    const file = id === undefined ? undefined : await c.var.deps.database.read(person, (db) => readFile(db, id))
    if (!file) throw refuse('not_found')
    return c.body(Readable.toWeb(c.var.deps.files.read(file.sha256)) as ReadableStream, 200, {
      'Content-Type': file.mediaType,
      'Content-Length': String(file.bytes),
      // By its content, not by what its name says.
      'Content-Disposition': contentDisposition(file.name.replace(/\.[a-z0-9]{1,5}$/i, ''), extensionOf[file.mediaType] ?? 'bin'),
      'Cache-Control': 'private, no-store',
    })
  }),
)

function decision<S extends z.ZodType>(path: string, schema: S, act: (c: Ctx, person: Person, input: z.output<S>) => Promise<void>) {
  claimPages.post(
    `/claims/:id/${path}`,
    forPerson(async (c, person) => {
      const typed = await formOf(c)
      const ended = await attempt(schema, typed, (input) => act(c, person, input))
      if ('issues' in ended) {
        if (ended.stale) throw refuse('conflict_stale')
        return c.html(await page(c, person, { issues: ended.issues, typed }), statusOf(ended))
      }
      return c.redirect(wordsOf(c).view.link(`/claims/${idOf(c)}`), 303)
    }),
  )
}

const decide = (c: Ctx, person: Person, verdict: 'verified' | 'refused' | 'ended', version: number, reason: string | null) =>
  decideClaim(c.var.deps, person, idOf(c), { verdict, reason, version }, publicUrl(c))

decision('verification', versionInput, (c, person, { version }) => decide(c, person, 'verified', version, null))
decision('refusal', reasonInput, (c, person, { version, reason }) => decide(c, person, 'refused', version, reason))
decision('end', reasonInput, (c, person, { version, reason }) => decide(c, person, 'ended', version, reason))

claimPages.post(
  '/claims/:id/withdrawal',
  forPerson(async (c, person) => {
    const { claim } = await read(c, person)
    await withdrawClaim(c.var.deps.database, person, claim.id)
    return c.redirect(wordsOf(c).view.link(`/members/${claim.organization.key}/claim`), 303)
  }),
)
