import { Hono } from 'hono'
import { z } from 'zod'
import type { Person } from '../../../platform/access/actor.ts'
import type { Issue } from '../../../platform/errors.ts'
import type { StoredFile } from '../../../platform/files/files.ts'
import type { Scope } from '../../../platform/db/database.ts'
import { heldFile } from '../../../platform/files/store.ts'
import { publicUrl, type Ctx, type Env } from '../../../platform/http/context.ts'
import { newId } from '../../../platform/id.ts'
import { issuesOf } from '../../../platform/issues.ts'
import { fileNameOf } from '../../../platform/text/file-name.ts'
import { typedLine, typedText } from '../../../platform/text/typed.ts'
import { claimEntry, mayClaim, membersTexts, organizationsOf, readHats } from '../../members/index.ts'
import { readEntry } from '../store/entries.ts'
import { ClaimEntryPage } from '../views/claim.tsx'
import { keyOf } from './entries.tsx'
import { recordView } from './lists.tsx'

/** The people of a member say that an organization on record is theirs. */
export const claimPages = new Hono<Env>()

const documents = { maxBytes: 10_000_000, accept: ['application/pdf', 'image/png', 'image/jpeg'] }

const claimInput = z.object({ id: z.uuid(), member: typedLine().min(1).max(80), evidence: typedText().min(1).max(4000) })

type Typed = Record<string, string | undefined>

/** The members for which somebody may claim an entry. */
const actsFor = async (db: Scope, person: Person) => {
  const hats = await readHats(db)
  return (await organizationsOf(db, person.id)).filter(({ id }) => mayClaim(hats, { id, network: '' }))
}

async function page(c: Ctx, person: Person, typed: Typed, issues: readonly Issue[] = []) {
  const found = await c.var.deps.database.read(person, async (db) => ({
    entry: await readEntry(db, 'organization', keyOf(c)),
    acting: await actsFor(db, person),
  }))
  return <ClaimEntryPage {...recordView(c)} sayMembers={membersTexts[c.var.language]} {...found} typed={typed} issues={issues} />
}

claimPages.get('/organizations/:key/claim', async (c) => {
  const { actor, deps } = c.var
  if (actor.kind !== 'person') {
    const entry = await deps.database.read(actor, (db) => readEntry(db, 'organization', keyOf(c)))
    return c.html(<ClaimEntryPage {...recordView(c)} sayMembers={membersTexts[c.var.language]} entry={entry} acting={undefined} typed={{}} issues={[]} />)
  }
  c.header('Cache-Control', 'private, no-cache')
  return c.html(await page(c, actor, { id: newId() }))
})

claimPages.post('/organizations/:key/claim', async (c) => {
  const { actor, deps } = c.var
  if (actor.kind !== 'person') return c.redirect(recordView(c).view.link(`/sign-in?next=${encodeURIComponent(c.req.path)}`), 303)
  const { document, ...fields } = await c.req.parseBody()
  const parsed = claimInput.safeParse(fields, { reportInput: true })
  if (!parsed.success) return c.html(await page(c, actor, { ...(fields as Typed), id: newId() }, issuesOf(parsed.error)), 422)
  const { id, member, evidence } = parsed.data
  const { entry, acting } = await deps.database.read(actor, async (db) => ({
    entry: await readEntry(db, 'organization', keyOf(c)),
    acting: await actsFor(db, actor),
  }))
  const websites = entry.statements.filter(({ field }) => field === 'website').flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
  const claimed = { id: entry.id, key: entry.key, name: entry.title, websites: [...new Set(websites)] }
  const given = document instanceof File && document.size > 0 ? document : undefined
  if (given && given.size > documents.maxBytes)
    return c.html(await page(c, actor, fields as Typed, [{ path: 'document', code: 'file_too_large', params: { limit: '10 MB' } }]), 422)
  // Who may not claim is refused below, and leaves nothing on the disk.
  const isAllowed = acting.some(({ key }) => key === member)
  const stored = given && isAllowed ? await deps.files.put(given.stream() as AsyncIterable<Uint8Array>, documents) : undefined
  await claimEntry(
    deps,
    actor,
    member,
    { id, entry: claimed, evidence },
    publicUrl(c),
    stored && ((db, space) => heldFile(db, space, nameOf(given, stored), stored)),
  )
  return c.redirect(recordView(c).view.link(`/members/${member}/claim`), 303)
})

const nameOf = (file: File | undefined, { sha256 }: StoredFile) => fileNameOf(file?.name ?? '') || sha256.slice(0, 12)
