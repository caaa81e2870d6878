import { Hono } from 'hono'
import { refuse } from '../../../platform/errors.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { parseInput } from '../../../platform/issues.ts'
import { mayCurate } from '../policy.ts'
import { conceptFilter, conceptKey } from '../schema.ts'
import { readConcept, readHistory, readNarrower, readPath } from '../store/concepts.ts'
import { countVocabulary, listAreas, listConcepts } from '../store/lists.ts'
import { vocabularyTexts } from '../text/index.ts'
import { ConceptPage } from '../views/concept.tsx'
import { ConceptsPage, inReadersOrder } from '../views/concepts.tsx'

/** The vocabulary, for everybody. */
export const conceptPages = new Hono<Env>()

conceptPages.get('/concepts', async (c) => {
  const filter = parseInput(conceptFilter, c.req.query())
  const isList = [filter.q, filter.area, filter.state].some((each) => each !== undefined)
  const found = await c.var.deps.database.read(c.var.actor, async (db) => ({
    areas: await listAreas(db),
    counts: isList ? { concepts: 0, labels: {} } : await countVocabulary(db),
    list: isList ? await listConcepts(db, filter) : undefined,
  }))
  const shown = vocabularyView(c)
  return c.html(<ConceptsPage {...shown} filter={filter} {...found} areas={inReadersOrder(found.areas, shown.view)} />)
})

conceptPages.get('/concepts/:key', async (c) => {
  const found = await c.var.deps.database.read(c.var.actor, async (db) => {
    const concept = await readConcept(db, keyOf(c))
    if (!concept) throw refuse('not_found')
    return { concept, path: await readPath(db, concept.id), tree: await readNarrower(db, concept.id), history: await readHistory(db, concept.id) }
  })
  return c.html(<ConceptPage {...vocabularyView(c)} {...found} mayCurate={mayCurate(c.var.actor)} />)
})

/** What every view of the vocabulary is given. */
export const vocabularyView = (c: Ctx) => ({ view: viewOf(c), say: vocabularyTexts[c.var.language] })

/** The key in the address; one in a form that no key has is simply not there. */
export function keyOf(c: Ctx): string {
  const parsed = conceptKey.safeParse(c.req.param('key'))
  if (!parsed.success) throw refuse('not_found')
  return parsed.data
}
