import { matchListing } from '../../src/modules/matching/index.ts'
import { newId } from '../../src/platform/id.ts'
import type { Asker } from './actors.ts'
import type { Somebody } from './persons.ts'
import { sql, type World } from './world.ts'

/**
 * Listings of the member `own`, in the states that tell actors apart. `listing`: for the network, hidden from `other`, with a confidential part that `suspended` may read.
 * Each carries a file, the draft one that was taken away too; `listing` one in its confidential part. `sheet`: a workbook that waits to be confirmed. `open`: for everybody,
 * with a `counterpart` on record.
 */
export type ListingTargets = Record<
  | 'listing'
  | 'listingVersion'
  | 'draft'
  | 'draftVersion'
  | 'waiting'
  | 'waitingVersion'
  | 'undertaking'
  | 'attachment'
  | 'draftAttachment'
  | 'sheet'
  | 'open'
  | 'openNumber'
  | 'counterpart'
  | 'introduction'
  | 'interest'
  | 'deskInterest'
  | 'derived',
  string
>

/** Needs of organizations of the record. */
const firstNeed = 'o-002'
export const secondNeed = 'o-003'
/** `interest`: of `other`, in the listing `open` of `own`. `deskInterest`: of `own`, in one from sources. `derived`: another of these, about an organization that `other` is. */
type ReachTargets = Pick<ListingTargets, 'interest' | 'deskInterest' | 'derived'>

const sent = async (what: string, answer: Promise<Response> | undefined) => {
  const status = (await answer)?.status
  if (status !== 303) throw new Error(`${what} answers ${status}`)
}
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** What a form of a listing sends that says enough. */
export const listingForm = (over: Record<string, string> = {}): Record<string, string> => ({
  direction: 'offer',
  pillar: 'production',
  original: 'en',
  title_en: 'Filling of vials',
  body_en: 'A line that fills vials under good manufacturing practice, free from next spring.',
  sought_en: 'A partner who needs vials.',
  audience: 'everybody',
  forms: 'service',
  concepts: 'vaccine',
  timing: 'From spring.',
  amount: '5',
  unit: 'million vials a year',
  valid_until: day(100),
  ...over,
})

type FileForm = Record<string, string | File>
/** A file with a kind that is accepted. */
export const attachmentForm = (part: string, name = 'x.pdf'): FileForm => ({ part, files: new File([`%PDF-1.7\n%${name}\n%%EOF\n`], name) })
/** A workbook, as CSV, of one listing. */
export const sheetForm = (fields: { id: string; member: string }): FileForm => ({
  ...fields,
  file: new File(['direction,pillar,original,audience,title_en\noffer,production,en,network,Filling of syringes\n'], 'listings.csv'),
})

export function fileBody(fields: FileForm): FormData {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  return body
}

const sendForm = (world: World, { headers }: Asker, path: string, fields: FileForm) =>
  world.ask(path, { method: 'POST', body: fileBody(fields), headers: { ...headers, 'sec-fetch-site': 'same-origin' } })

const attach = (world: World, by: Asker, listing: string, part: string, name: string) =>
  sent('an attachment', sendForm(world, by, `/en/listings/${listing}/attachments`, attachmentForm(part, name)))

const attachmentOf = async (world: World, listing: string, name: string) =>
  (
    await world.rows(
      sql<{ id: string }>`select a.id from exchange.attachment a join app.file f on f.id = a.file_id where a.listing_id = ${listing} and f.name = ${name}`,
    )
  )[0]?.id ?? ''

/** Sets the listings of the stage, by the forms that people use. */
export async function stageListings(
  world: World,
  members: { own: string; other: string; suspended: string },
  by: (name: string) => Asker,
): Promise<ListingTargets> {
  const [admin, desk] = [by('admin').somebody, by('secretariat').somebody]
  const versionOf = async (id: string) =>
    String((await world.rows(sql<{ version: number }>`select version from exchange.listing where id = ${id}`))[0]?.version ?? '')
  const [model, listing, draft, waiting, open, back, undertaking] = [newId(), newId(), newId(), newId(), newId(), newId(), newId()]
  const move = async (who: typeof admin, id: string, noun: string, fields: Record<string, string> = {}) =>
    sent(noun, who?.post(`/en/listings/${id}/${noun}`, { version: await versionOf(id), ...fields }))
  for (const id of [listing, draft, waiting, open, back]) {
    await sent('a listing', admin?.post('/en/listings', { id, member: members.own, direction: 'offer', pillar: 'production', original: 'en', title: 'Vials' }))
    const over: Record<string, string> = id === listing || id === draft ? { audience: 'network', hidden_from: members.other } : {}
    await move(admin, id, 'edit', listingForm(over))
    await attach(world, by('admin'), id, 'open', `${id}.pdf`)
    if (id !== draft) await move(admin, id, 'sending')
  }
  await move(desk, listing, 'publication')
  await move(desk, open, 'publication')
  await move(desk, back, 'return', { reason: 'Say how many.' })
  await sent('a confidential part', admin?.post(`/en/listings/${listing}/confidential`, { text: 'The price is low.', language: 'en', version: '0' }))
  await attach(world, by('admin'), listing, 'confidential', 'prices.pdf')
  await sent(
    'an undertaking',
    admin?.post(`/en/listings/${listing}/undertakings`, { id: undertaking, member: members.suspended, signed_on: day(-1), note: 'On paper.' }),
  )
  await attach(world, by('admin'), draft, 'open', 'old.pdf')
  await sent('a removal', admin?.post(`/en/listings/${draft}/attachments/${await attachmentOf(world, draft, 'old.pdf')}/removal`, {}))
  const sheet = newId()
  await sent('a workbook', sendForm(world, by('admin'), '/en/listings/sheets', sheetForm({ id: sheet, member: members.own })))
  // Their counterparts, of which one is not wanted, and what the secretariat introduced.
  for (const each of [listing, open]) await matchListing(world.database, each)
  const numbered = async (number: string) => (await world.rows(sql<{ id: string }>`select id from exchange.listing where number = ${number}`))[0]?.id ?? ''
  const [{ number: openNumber } = { number: '' }] = await world.rows(sql<{ number: string }>`select number from exchange.listing where id = ${open}`)
  const [counterpart, introduction] = [await numbered(firstNeed), newId()]
  await world.rows(sql`insert into matching.embedding_model (id, name, dimensions, floor, ceiling, ended_at)
    values (${model}, 'example-model', 8, 0.2, 0.8, null), (${newId()}, 'former-model', 8, 0.2, 0.8, now())`)
  // Of one that not everybody sees, and of one that everybody does.
  for (const id of [listing, open])
    await world.rows(sql`insert into matching.embedding (listing_id, model_id, vector) values (${id}, ${model}, '\\x0102030405060708')`)
  await world.rows(sql`insert into matching.seen (listing_id, other_id, space_id, keeper_id)
    select id, ${counterpart}::uuid, people_id, keeper_id from exchange.listing where id in (${listing}, ${open})`)
  await sent('feedback', admin?.post(`/en/listings/${open}/matches/${counterpart}/feedback`, { id: newId(), reason: 'topic' }))
  await sent('an introduction', desk?.post('/en/desk/introductions', { id: introduction, listing: openNumber, other: firstNeed, note: 'Meet.' }))
  return {
    sheet,
    attachment: await attachmentOf(world, listing, `${listing}.pdf`),
    draftAttachment: await attachmentOf(world, draft, `${draft}.pdf`),
    open,
    openNumber,
    counterpart,
    introduction,
    ...(await stageReach(world, members, by, { listing, open })),
    listing,
    draft,
    waiting,
    undertaking,
    listingVersion: await versionOf(listing),
    draftVersion: await versionOf(draft),
    waitingVersion: await versionOf(waiting),
  }
}

/** How far the listings reach: interests, translations done and given up, and how often one was read. */
async function stageReach(
  world: World,
  members: { own: string; other: string },
  by: (name: string) => Asker,
  { listing, open }: { listing: string; open: string },
): Promise<ReachTargets> {
  const [interest, deskInterest, claim] = [newId(), newId(), newId()]
  const [one, another] = await world.rows(
    sql<{ id: string }>`select id from exchange.listing where origin = 'record' and entry_key = 'bpl' order by number limit 2`,
  )
  const express = (who: string, id: string, at: string, member: string) =>
    sent('an interest', by(who).somebody?.post(`/en/listings/${at}/interests`, { id, member, language: 'en', message: 'We need that.' }))
  await express('other', interest, open, members.other)
  await express('admin', deskInterest, one?.id ?? '', members.own)
  await sent('a claim', by('other').somebody?.post('/en/organizations/bpl/claim', { id: claim, member: members.other, evidence: 'See our website.' }))
  await sent('verification', by('secretariat').somebody?.post(`/en/claims/${claim}/verification`, { version: '1' }))
  for (const id of [listing, open])
    await world.rows(sql`insert into exchange.translation (listing_id, wording, language, state, title, body, sought, done_at)
      select l.id, l.wording, t.language, t.state, t.made, t.made, t.made, now() - interval '2 days' from exchange.listing l, (values ('es', 'done', 'Viales'), ('zh', 'failed', null)) t (language, state, made)
      where l.id = ${id}::uuid`)
  await world.rows(
    sql`insert into exchange.view_day (listing_id, day, space_id, views) select id, current_date, people_id, 3 from exchange.listing where id = ${listing}::uuid`,
  )
  return { interest, deskInterest, derived: another?.id ?? '' }
}

export const listingVersion = async (world: World, id: string) =>
  String((await world.rows(sql<{ version: number }>`select version from exchange.listing where id = ${id}`))[0]?.version ?? '')

/** Writes a listing of a member and has the secretariat publish it. @returns its id */
export async function publishListing(
  world: World,
  { admin, desk, member }: { admin: Somebody; desk: Somebody; member: string },
  over: Record<string, string> = {},
): Promise<string> {
  const id = newId()
  const form = listingForm(over)
  const original = form['original'] ?? 'en'
  const begun = { id, member, direction: form['direction'] ?? '', pillar: form['pillar'] ?? '', original, title: form[`title_${original}`] ?? 'Vials' }
  await sent('a listing', admin.post('/en/listings', begun))
  for (const [who, noun, fields] of [
    [admin, 'edit', form],
    [admin, 'sending', {}],
    [desk, 'publication', {}],
  ] as const)
    await sent(noun, who.post(`/en/listings/${id}/${noun}`, { version: await listingVersion(world, id), ...fields }))
  return id
}
