import { Hono } from 'hono'
import type { z } from 'zod'
import type { Person } from '../../../platform/access/actor.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { publicUrl, type Ctx, type Env } from '../../../platform/http/context.ts'
import { admitApplication, declineApplication, withdrawApplication, writeMessage } from '../actions/applications.ts'
import { mayRunNetwork } from '../policy.ts'
import { admissionInput, messageInput, reasonInput, versionInput } from '../schema/organizations.ts'
import { listMessages, readApplication } from '../store/applications.ts'
import { dayOf, readNow } from '../store/clock.ts'
import { readHats } from '../store/hats.ts'
import { likelySame } from '../store/likely.ts'
import { ApplicationPage } from '../views/application.tsx'
import { attempt, formOf, forPerson, idOf, statusOf, wordsOf, type Form } from './signed-in.ts'

/** One application: for who sent it, and for the desk. */
export const applicationPages = new Hono<Env>()

async function page(c: Ctx, person: Person, shown: { issues?: readonly Issue[]; typed?: Form } = {}) {
  const id = idOf(c)
  const found = await c.var.deps.database.read(person, async (db) => {
    const application = await readApplication(db, id)
    if (!application) return undefined
    const side = application.personId === person.id ? ('applicant' as const) : ('secretariat' as const)
    if (side === 'secretariat' && !mayRunNetwork(await readHats(db), application.network.id)) return undefined
    const likely = side === 'secretariat' ? await likelySame(db, application.name) : []
    return { application, side, messages: await listMessages(db, id), likely, today: dayOf(await readNow(db)) }
  })
  if (!found) throw refuse('not_found')
  return <ApplicationPage {...wordsOf(c)} {...found} {...shown} />
}

/** A verb on an application: the form, what it does, and where one is afterwards. */
function verb<S extends z.ZodType>(path: string, schema: S, act: (c: Ctx, person: Person, input: z.output<S>) => Promise<string | void>) {
  applicationPages.post(
    `/applications/:id/${path}`,
    forPerson(async (c, person) => {
      const typed = await formOf(c)
      const ended = await attempt(schema, typed, (input) => act(c, person, input))
      if ('issues' in ended) {
        if (ended.stale) throw refuse('conflict_stale')
        return c.html(await page(c, person, { issues: ended.issues, typed }), statusOf(ended))
      }
      return c.redirect(wordsOf(c).view.link(ended.done ?? `/applications/${idOf(c)}`), 303)
    }),
  )
}

applicationPages.get(
  '/applications/:id',
  forPerson(async (c, person) => c.html(await page(c, person))),
)

verb('messages', messageInput, async (c, person, input) => {
  const isOwn = await c.var.deps.database.read(person, async (db) => (await readApplication(db, idOf(c)))?.personId === person.id)
  await writeMessage(c.var.deps, person, idOf(c), input, isOwn ? 'answer' : 'ask', publicUrl(c))
})

verb('admission', admissionInput, async (c, person, input) => {
  await admitApplication(c.var.deps, person, idOf(c), input, publicUrl(c))
})

verb('refusal', reasonInput, (c, person, input) => declineApplication(c.var.deps, person, idOf(c), input, publicUrl(c)))

verb('withdrawal', versionInput, (c, person, { version }) => withdrawApplication(c.var.deps, person, idOf(c), version))
