import { z } from 'zod'
import { addresseesOf } from '../../../platform/access/accounts.ts'
import { jobActor } from '../../../platform/access/actor.ts'
import { pickText } from '../../../platform/i18n/languages.ts'
import { jobKind } from '../../../platform/jobs/job.ts'
import { queueMail } from '../../../platform/mail/mail.ts'
import { introductionLetters } from '../store/introductions.ts'
import { matchingTexts } from '../text/index.ts'

const minutesKept = 8 * 7 * 24 * 60

/** Tells those who answer for a listing that the secretariat introduced it to another one, each in their language, with what it wrote; of a withdrawn introduction nobody. */
export const tellIntroductionJob = jobKind({
  kind: 'matching.introduction',
  input: z.object({ introduction: z.uuid() }),
  mostAttempts: 8,
  run: ({ introduction }, { database, secrets, config }) =>
    database.write(jobActor, async (db) => {
      const base = config.url ?? `http://localhost:${config.port}`
      for (const { listing, people, note, ...titles } of await introductionLetters(db, introduction))
        for (const { email, name, language } of await addresseesOf(database, db, people)) {
          const say = matchingTexts[language]
          const params = {
            name,
            title: pickText(titles.title, language, titles.original)?.text ?? '',
            other: pickText(titles.met, language, titles.met_original)?.text ?? '',
            note,
            link: `${base}/${language}/listings/${listing}/matches`,
          }
          await queueMail(db, secrets, {
            to: email,
            language,
            subject: say('introduction.mail-subject', params).slice(0, 200),
            body: say('introduction.mail-body', params),
            endsInMinutes: minutesKept,
          })
        }
    }),
})
