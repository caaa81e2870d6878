import { Hono } from 'hono'
import type { Person } from '../../../platform/access/actor.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { atDesk, attempt, formOf, statusOf, type Form } from '../../members/index.ts'
import { changeConcept, mergeConcepts, restore, retire } from '../actions/curate.ts'
import { mayCurate } from '../policy.ts'
import { conceptInput, mergeInput, retireInput } from '../schema.ts'
import { readConcept } from '../store/concepts.ts'
import { EditPage, type EditProps } from '../views/concept-form.tsx'
import { keyOf, vocabularyView } from './concepts.tsx'

/** Who curates writes, merges, retires and brings back concepts. */
export const curationPages = new Hono<Env>()

async function page(c: Ctx, person: Person, shown: Pick<EditProps, 'typed' | 'issues' | 'stale'> = {}) {
  const concept = await c.var.deps.database.read(person, (db) => readConcept(db, keyOf(c)))
  if (!concept) throw refuse('not_found')
  return <EditPage {...vocabularyView(c)} concept={concept} {...shown} />
}

curationPages.get('/concepts/:key/edit', (c) => atDesk(c, mayCurate, async (person) => c.html(await page(c, person))))

/** What a form of the page does, if all is well with it. */
type Deed = (c: Ctx, person: Person, typed: Form) => Promise<Awaited<ReturnType<typeof attempt<never, void>>>>

const deeds: Record<string, Deed> = {
  edit: (c, person, typed) => attempt(conceptInput, typed, (input) => changeConcept(c.var.deps.database, person, keyOf(c), input)),
  merger: (c, person, typed) => attempt(mergeInput, typed, (input) => mergeConcepts(c.var.deps.database, person, keyOf(c), input)),
  retirement: (c, person, typed) => attempt(retireInput, typed, (input) => retire(c.var.deps.database, person, keyOf(c), input)),
  restoration: (c, person, typed) => attempt(retireInput, typed, (input) => restore(c.var.deps.database, person, keyOf(c), input)),
}

for (const [name, deed] of Object.entries(deeds))
  curationPages.post(`/concepts/:key/${name}`, (c) =>
    atDesk(c, mayCurate, async (person) => {
      const typed = await formOf(c)
      const ended = await deed(c, person, typed)
      // Of a decision that did not go through only its own fields come back: the others are those of the concept.
      if ('issues' in ended) return c.html(await page(c, person, { ...ended, typed: name === 'edit' ? typed : undefined }), statusOf(ended))
      return c.redirect(vocabularyView(c).view.link(`/concepts/${keyOf(c)}`), 303)
    }),
  )
