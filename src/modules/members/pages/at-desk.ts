import type { Actor, Person } from '../../../platform/access/actor.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Ctx } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'

/**
 * Answers whoever may be at this page of the desk. Whoever is not signed in is asked to, and comes back; to others the page is not there, so that nobody learns of it.
 *
 * @param may the policy of the page
 * @throws Refusal `not_found`
 */
export async function atDesk(c: Ctx, may: (actor: Actor) => boolean, answer: (person: Person) => Promise<Response>): Promise<Response> {
  const { actor } = c.var
  if (actor.kind !== 'person') {
    const { search } = new URL(c.req.url)
    const next = c.req.method === 'GET' ? c.req.path + search : '/desk'
    return c.redirect(viewOf(c).link(`/sign-in?next=${encodeURIComponent(next)}`), 303)
  }
  if (!may(actor)) throw refuse('not_found')
  return answer(actor)
}
