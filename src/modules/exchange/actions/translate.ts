import { z } from 'zod'
import { jobActor, type Actor } from '../../../platform/access/actor.ts'
import type { Database } from '../../../platform/db/database.ts'
import { languages, type Language } from '../../../platform/i18n/languages.ts'
import { jobKind } from '../../../platform/jobs/job.ts'
import { queueJob } from '../../../platform/jobs/store.ts'
import { translate, Untranslatable } from '../../../platform/translate/translate.ts'
import { typedText } from '../../../platform/text/typed.ts'
import { insertTranslation, keepTranslation, textsToTranslate } from '../store/translations.ts'

const input = z.object({ listing: z.uuid(), language: z.enum(languages) })
/** As long as the columns are, and free from what nobody sees. */
const fit = { title: typedText().min(1).max(2000), body: typedText().max(60_000), sought: typedText().max(20_000) }

/** Has a listing translated by a machine for a reader of another language, once; it comes to nothing for whoever does not see the listing. */
export async function askTranslation(database: Database, actor: Actor, listing: string, language: Language): Promise<void> {
  await database.write(actor, async (db) => {
    if (await insertTranslation(db, listing, language)) await queueJob(db, { kind: 'exchange.translate', input: { listing, language } })
  })
}

export const translateJob = jobKind({
  kind: 'exchange.translate',
  input,
  mostAttempts: 8,
  run: async ({ listing, language }, { database, config: { translate: service }, signal, isLast }) => {
    const texts = await database.read(jobActor, (db) => textsToTranslate(db, listing, language))
    if (!texts || !service) return
    const { original, wording } = texts
    const keep = (made: Parameters<typeof keepTranslation>[2]) => database.write(jobActor, (db) => keepTranslation(db, { listing, wording, language }, made))
    const one = async (field: keyof typeof fit) => {
      const text = texts[field][original]
      if (text === undefined) return null
      const made = fit[field].safeParse(await translate(service, { text, from: original, to: language }, signal))
      if (!made.success) throw new Untranslatable('the translation is longer than its text may be, or holds what nobody sees')
      return made.data
    }
    try {
      const [title, body, sought] = [await one('title'), await one('body'), await one('sought')]
      await keep(title === null ? undefined : { title, body, sought })
    } catch (error) {
      const isFinal = error instanceof Untranslatable
      if (isFinal || isLast) await keep(undefined)
      if (!isFinal) throw error
    }
  },
})
