import { z } from 'zod'
import { addresseesOf, type Addressee } from '../../../platform/access/accounts.ts'
import { accounts, jobActor } from '../../../platform/access/actor.ts'
import { countryName } from '../../../platform/i18n/format.ts'
import { pickText, type Language, type LanguageText } from '../../../platform/i18n/languages.ts'
import { jobKind } from '../../../platform/jobs/job.ts'
import { queueJob } from '../../../platform/jobs/store.ts'
import { logAct } from '../../../platform/log/log.ts'
import { queueMail } from '../../../platform/mail/mail.ts'
import { listFresh, noteTold, peopleToTell, readDue, type Fresh } from '../store/news.ts'
import { matchingTexts } from '../text/index.ts'

const mostListings = 10
const minutesKept = 7 * 24 * 60

/** Once a day, after counterparts of listings of members were found: has each of their people told. */
export const digestsJob = jobKind({
  kind: 'matching.digests',
  input: z.object({}),
  mostAttempts: 14,
  run: (_, { database }) =>
    database.write(jobActor, async (db) => {
      for (const person of await peopleToTell(db)) await queueJob(db, { kind: 'matching.digest', input: { person } })
    }),
})

/**
 * Tells somebody in one mail what was found for the listings that they answer for, as far as they see it at this moment. The mail and the mark are one transaction:
 * what a kill cuts off is done anew, and what is done is not done again.
 */
export const digestJob = jobKind({
  kind: 'matching.digest',
  input: z.object({ person: z.uuid() }),
  mostAttempts: 14,
  run: async ({ person }, { database, secrets, config }) => {
    const { due, account } = await database.write(accounts, async (db) => ({
      due: await readDue(db, person),
      account: (await addresseesOf(database, db, [person]))[0],
    }))
    const [first] = due
    if (first === undefined || account === undefined) return
    const { name, language } = account
    const fresh = await database.read({ kind: 'person', id: person, name, language, session: '' }, (db) => listFresh(db, due))
    await database.write(accounts, async (db) => {
      if (!(await noteTold(db, person, first.until, fresh.length > 0)) || fresh.length === 0) return
      await queueMail(db, secrets, { ...letterOf(account, fresh, config.url ?? `http://localhost:${config.port}`), endsInMinutes: minutesKept })
      const payload = { listings: fresh.map(({ id, n }) => ({ id, n })) }
      await logAct(db, { chain: `person:${person}`, spaceId: first.space, verb: 'matching.told', object: { kind: 'person', id: person }, payload })
    })
  },
})

function letterOf({ email, name, language }: Addressee, fresh: readonly Fresh[], base: string) {
  const say = matchingTexts[language]
  const n = fresh.reduce((sum, each) => sum + each.n, 0)
  const blocks = fresh.slice(0, mostListings).map((listing) => {
    const lines = listing.best.map((other) => `– ${titleIn(other, language)} (${countryName(other.country, language)})`)
    const more = listing.n - lines.length
    return [
      say('digest.listing', { title: titleIn(listing, language), n: listing.n }),
      ...lines,
      ...(more > 0 ? [say('digest.more', { n: more })] : []),
      `${base}/${language}/listings/${listing.id}/matches`,
    ].join('\n')
  })
  const others = fresh.length - blocks.length
  const list = [...blocks, ...(others > 0 ? [say('digest.more-listings', { n: others })] : [])].join('\n\n')
  const params = { person: name, list, link: `${base}/${language}/account`, stop: `${base}/${language}/account/matches` }
  return { to: email, language, subject: say('digest.subject', { n }), body: say('digest.body', params) }
}

const titleIn = ({ id, title, original }: { id: string; title: LanguageText; original: string }, language: Language) =>
  pickText(title, language, original)?.text ?? id
