import { z } from 'zod'
import { addresseesOf } from '../../../platform/access/accounts.ts'
import { jobActor, type Person } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import { pickText, type Language } from '../../../platform/i18n/languages.ts'
import { jobKind } from '../../../platform/jobs/job.ts'
import { queueJob } from '../../../platform/jobs/store.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { conceptNames } from '../../vocabulary/index.ts'
import { mayTell } from '../policy.ts'
import type { BroadcastInput } from '../schema/calls.ts'
import { insertRecipients, nextRecipients, type Matter, type Recipient } from '../store/broadcast.ts'
import { callsTexts } from '../text/index.ts'
import { logCall } from './log.ts'
import { mailCall } from './mails.ts'
import { holdCall } from './open.ts'

/** Members written to in one transaction: what a kill undoes, and what others wait for. */
const batch = 20
const input = z.object({ call: z.uuid(), matter: z.enum(['call', 'reminder']) })

export async function queueBroadcast(db: WriteScope, call: string, matter: Matter): Promise<void> {
  await queueJob(db, { kind: 'calls.broadcast', input: { call, matter } })
}

/** Makes an open call known to the members whose offers fit, and to those of chosen kinds and countries; to each once, however often it is sent. @throws Refusal `not_found`, `forbidden`, `decided_already` */
export async function broadcast(database: Database, person: Person, id: string, typed: BroadcastInput): Promise<void> {
  await database.write(person, async (db) => {
    const { call, hats } = await holdCall(db, id)
    if (!mayTell(hats, call)) throw refuse('forbidden')
    if (!call.isOpen) throw refuse('decided_already')
    const members = await insertRecipients(db, call, typed)
    if (members === 0) return
    await queueBroadcast(db, id, 'call')
    await logCall(db, call, { seen: false, byDesk: true }, 'made-known', { ...typed, members })
  })
}

export const broadcastJob = jobKind({
  kind: 'calls.broadcast',
  input,
  mostAttempts: 14,
  async run({ call, matter }, { database, secrets, config, signal }) {
    const base = config.url ?? `http://localhost:${config.port}`
    let written = batch
    while (written === batch && !signal.aborted)
      written = await database.write(jobActor, async (db) => {
        const recipients = await nextRecipients(db, call, matter, batch)
        for (const recipient of recipients) await writeTo(database, db, secrets, matter, recipient, (language) => `${base}/${language}/calls/${call}`)
        return recipients.length
      })
  },
})

async function writeTo(
  database: Database,
  db: WriteScope,
  secrets: Secrets,
  matter: Matter,
  recipient: Recipient,
  link: (language: Language) => string,
): Promise<void> {
  const { number, title, original, deadline } = recipient
  for (const to of await addresseesOf(database, db, recipient.people)) {
    const names = await conceptNames(db, recipient.concepts, to.language)
    const about = { number, title, original, link: link(to.language), detail: formatDay(deadline, to.language) }
    await mailCall(db, secrets, to, matter, {
      ...about,
      why: whyOf(
        to.language,
        recipient,
        [...names.values()].map(({ text }) => text),
      ),
    })
  }
}

/** Why a member is written to, in a sentence. */
function whyOf(language: Language, { why, offers, name, nameOriginal }: Recipient, concepts: readonly string[]): string {
  const say = callsTexts[language]
  const member = pickText(name, language, nameOriginal)?.text ?? ''
  if (why === 'chosen') return say('mail.why-chosen', { member })
  const list = offers.map((offer) => `${offer.number} ${pickText(offer.title, language, offer.original)?.text ?? ''}`).join('\n')
  return say('mail.why-offer', { member, offers: list, concepts: concepts.join(' · ') })
}
