import type { Actor, Person } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { logAct } from '../../../platform/log/log.ts'
import { queueMail } from '../../../platform/mail/mail.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { deskSpace } from '../../../platform/spaces.ts'
import { mayReport, mayRunDesk } from '../policy.ts'
import { isSameEnd } from '../rules/closures.ts'
import type { Closure, ReportInput, ReportOutcome } from '../schema.ts'
import { endReport, insertReport, readReport, type Report } from '../store/reports.ts'
import { membersTexts } from '../text/index.ts'

/** Tells the desk that a page does harm. Sent a second time with the same id, it stays one. */
export async function report(database: Database, actor: Actor, input: ReportInput, language: Language): Promise<void> {
  if (!mayReport(actor)) throw refuse('forbidden')
  try {
    await database.write(actor, async (db) => {
      await insertReport(db, input, language)
      await logReport(db, 'members.report.sent', input.id, { ...input, language })
    })
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error
  }
}

type With = { database: Database; secrets: Secrets; base: string }

/**
 * Brings a report to an end, and tells whoever left an address. The same end asked for twice is one.
 *
 * @param base address of this site, for the mail
 * @returns the report as somebody else has ended it meanwhile; `undefined` when all is well
 * @throws Refusal `not_found`
 */
export async function closeReport({ database, secrets, base }: With, person: Person, id: string, closure: Closure<ReportOutcome>): Promise<Report | undefined> {
  if (!mayRunDesk(person)) throw refuse('not_found')
  return database.write(person, async (db) => {
    const now = await readReport(db, id, 'lock')
    if (!now) throw refuse('not_found')
    if (now.version !== closure.version || now.closedAt) return isSameEnd(now, closure) ? undefined : now
    await endReport(db, id, closure)
    if (now.contact !== null) await mailReporter(db, secrets, now.contact, now, closure, base)
    await logReport(db, 'members.report.closed', id, { outcome: closure.outcome, note: closure.note })
    return undefined
  })
}

/** What came of a report, in the language it was written in. */
async function mailReporter(db: WriteScope, secrets: Secrets, to: string, { language, about, sentAt }: Report, closure: Closure<ReportOutcome>, base: string) {
  const say = membersTexts[language]
  const date = formatDay(sentAt.toISOString().slice(0, 10), language)
  const page = `${base}/${language}${about === '/' ? '' : about}`
  const body = [say('report.mail.body', { date, page }), say(`report.mail.${closure.outcome}`), ...(closure.note ? [closure.note] : [])]
  await queueMail(db, secrets, { to, language, subject: say('report.mail.subject'), body: body.join('\n\n') })
}

const logReport = (db: WriteScope, verb: string, id: string, payload: unknown) =>
  logAct(db, { chain: 'network', spaceId: deskSpace, verb, object: { kind: 'report', id }, payload })
