import { z } from 'zod'
import { accountById, type Account } from '../../../platform/access/accounts.ts'
import { accounts } from '../../../platform/access/actor.ts'
import type { WriteScope } from '../../../platform/db/database.ts'
import { pickText } from '../../../platform/i18n/languages.ts'
import { jobKind, type JobContext } from '../../../platform/jobs/job.ts'
import { queueJob } from '../../../platform/jobs/store.ts'
import { logAct } from '../../../platform/log/log.ts'
import { queueMail } from '../../../platform/mail/mail.ts'
import { renewGates, searchesMet } from '../../../platform/search/gate.ts'
import { noteLook, publishedFor, readDue, turnAtOnce, type Due, type News, type Published } from '../../../platform/search/published.ts'
import { countCap } from '../../../platform/search/search.ts'
import { tellKind } from '../rules/saved.ts'
import { queryOf } from '../schema.ts'
import { atlasTexts } from '../text/index.ts'
import { queueTurn } from './saved-searches.ts'

const mostShown = 20
const minutesKept = 7 * 24 * 60

/** Something was published: begins the turn of the searches that may find it and of which somebody wants to know at once. */
export const publishedJob = jobKind({
  kind: 'search.published',
  input: z.object({ objects: z.array(z.uuid()).max(1000) }),
  mostAttempts: 14,
  run: ({ objects }, { database }) =>
    database.write(accounts, async (db) => {
      await renewGates(db)
      for (const { id, turn } of await turnAtOnce(db, await searchesMet(db, objects))) await queueJob(db, { kind: tellKind, input: { search: id, turn } })
    }),
})

/**
 * Looks what has been published for one search, as far as its person may see it now, and tells them in one mail. Mail, mark and next turn are one transaction: whatever
 * a kill cuts off is done anew, and what is done is not done again.
 */
export const tellJob = jobKind({
  kind: tellKind,
  input: z.object({ search: z.uuid(), turn: z.int() }),
  mostAttempts: 14,
  run: async ({ search, turn }, context) => {
    const { database } = context
    const found = await database.read(accounts, async (db) => {
      const due = await readDue(db, search, turn)
      const account = due && (await accountById(database, db, due.person))
      return due && account ? { due, account } : undefined
    })
    if (!found) return
    try {
      await look(context, found.due, found.account)
    } catch (error) {
      // Given up this time; the next look by the clock finds what this one did not tell.
      if (context.isLast) await database.write(accounts, (db) => endTurn(db, found.due, undefined))
      throw error
    }
  },
})

async function look({ database, secrets, config }: JobContext, due: Due, account: Account): Promise<void> {
  const { id, name, language } = account
  const news = await database.read({ kind: 'person', id, name, language, session: '' }, (db) => publishedFor(db, due, due.since, countCap))
  const told = new Set(due.told)
  const fresh = news.rows.filter(({ objectId }) => !told.has(objectId))
  await database.write(accounts, async (db) => {
    if (!(await endTurn(db, due, fresh.length > 0 || due.isOld ? news : undefined)) || fresh.length === 0) return
    await queueMail(db, secrets, { ...letterOf(due, account, fresh, config.url ?? `http://localhost:${config.port}`), endsInMinutes: minutesKept })
    const objects = fresh.map(({ objectId }) => objectId)
    await logAct(db, { chain: `person:${id}`, spaceId: due.space, verb: 'search.told', object: { kind: 'saved-search', id: due.id }, payload: { objects } })
  })
}

/** @returns whether it was still the turn of the search */
async function endTurn(db: WriteScope, due: Due, news: News | undefined): Promise<boolean> {
  const kept = news && { moment: news.moment, told: news.rows.filter(({ isLate }) => isLate).map(({ objectId }) => objectId) }
  const turn = await noteLook(db, due, kept)
  if (turn === undefined) return false
  await queueTurn(db, { id: due.id, often: due.often, turn })
  return true
}

function letterOf(due: Due, { email, name, language }: Account, fresh: readonly Published[], base: string) {
  const say = atlasTexts[language]
  const lines = fresh
    .slice(0, mostShown)
    .map(({ title: { original, ...title }, path }) => `${pickText(title, language, original)?.text ?? path}\n${base}/${language}${path}`)
  const more = fresh.length - lines.length
  const params = {
    person: name,
    name: due.name,
    list: [...lines, ...(more > 0 ? [say('saved.mail.more', { n: more })] : [])].join('\n\n'),
    link: `${base}/${language}/search?${queryOf(due)}`,
    stop: `${base}/${language}/account/searches/${due.id}`,
  }
  return { to: email, language, subject: say('saved.mail.subject', { name: due.name, n: fresh.length }).slice(0, 200), body: say('saved.mail.body', params) }
}
