import { z } from 'zod'
import { addresseesOf } from '../../../platform/access/accounts.ts'
import { jobActor } from '../../../platform/access/actor.ts'
import { pickText } from '../../../platform/i18n/languages.ts'
import { jobKind } from '../../../platform/jobs/job.ts'
import { queueMail } from '../../../platform/mail/mail.ts'
import { nameIn } from '../../members/index.ts'
import { interestLetter } from '../store/interests.ts'
import { exchangeTexts } from '../text/index.ts'

const input = z.object({ interest: z.uuid(), what: z.enum(['arrived', 'answered']) })
const minutesKept = 8 * 7 * 24 * 60

/** Tells of an interest by mail, each in their language: those of the listing that it has come, those who sent it what became of it. Neither side sees who acts for the other. */
export const tellInterestJob = jobKind({
  kind: 'exchange.interest',
  input,
  mostAttempts: 8,
  run: ({ interest, what }, { database, secrets, config }) =>
    database.write(jobActor, async (db) => {
      const letter = await interestLetter(db, interest)
      const isAnswered = letter?.state === 'accepted' || letter?.state === 'declined' || letter?.state === 'handled'
      if (!letter || letter.state === 'withdrawn' || isAnswered !== (what === 'answered')) return
      const base = config.url ?? `http://localhost:${config.port}`
      for (const { email, name, language } of await addresseesOf(database, db, letter.people)) {
        const say = exchangeTexts[language]
        const mail = isAnswered ? (letter.state as 'accepted' | 'declined' | 'handled') : 'interest'
        const params = {
          name,
          title: pickText(letter.title, language, letter.original)?.text ?? '',
          sender: nameIn(letter.sender, language, letter.sender_original),
          reason: letter.reason === null ? '' : say(`decline.${letter.reason}`),
          link: `${base}/${language}/interests/${interest}`,
        }
        await queueMail(db, secrets, {
          to: email,
          language,
          subject: say(`mail.${mail}.subject`, params).slice(0, 200),
          body: say(`mail.${mail}.body`, params),
          endsInMinutes: minutesKept,
        })
      }
    }),
})
