import { z } from 'zod'
import type { Person } from '../../../platform/access/actor.ts'
import { refuse, Refusal, type Issue } from '../../../platform/errors.ts'
import type { Ctx } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { issuesOf } from '../../../platform/issues.ts'
import { owesAcceptance } from '../store/terms.ts'

export { visitorOf, wordsOf } from './request.ts'

/** A door for who is signed in; whoever is not is asked to, and comes back. So is who has not accepted the terms of use that hold now. */
export const forPerson =
  (handle: (c: Ctx, person: Person) => Response | Promise<Response>) =>
  async (c: Ctx): Promise<Response> => {
    const { actor, deps } = c.var
    const here = c.req.method === 'GET' ? `${c.req.path}${new URL(c.req.url).search}` : '/account'
    const lead = (to: string) => c.redirect(viewOf(c).link(`${to}?next=${encodeURIComponent(here)}`), 303)
    if (actor.kind !== 'person') return lead('/sign-in')
    // Asked before a page is drawn and not when a form comes back, so that nothing typed is lost when new terms are published in between.
    if (c.req.method === 'GET' && (await deps.database.read(actor, (db) => owesAcceptance(db, actor.id)))) return lead('/terms/accept')
    return handle(c, actor)
  }

/** The part of the path that is an id. @throws Refusal `not_found` for what cannot be one */
export function idOf(c: Ctx, name = 'id'): string {
  const id = z.uuid().safeParse(c.req.param(name))
  if (!id.success) throw refuse('not_found')
  return id.data
}

export const keyOf = (c: Ctx): string => c.req.param('key') ?? ''

export type Form = Record<string, string>

/** The fields of a form, without its files. */
export async function formOf(c: Ctx): Promise<Form> {
  const body = await c.req.parseBody()
  return Object.fromEntries(Object.entries(body).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}

/** How an attempt to write ended: done, or with what is wrong with the form, or because somebody was quicker. */
export type Attempt<T> = { done: T } | { issues: readonly Issue[]; stale: boolean }

/** Reads a form by its schema and writes; what can be mended by typing again comes back, everything else is thrown. */
export async function attempt<S extends z.ZodType, T>(
  schema: S,
  form: Readonly<Record<string, unknown>>,
  write: (input: z.output<S>) => Promise<T>,
): Promise<Attempt<T>> {
  const parsed = schema.safeParse(form, { reportInput: true })
  if (!parsed.success) return { issues: issuesOf(parsed.error), stale: false }
  try {
    return { done: await write(parsed.data) }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid_input') return { issues: error.issues, stale: false }
    if (error instanceof Refusal && error.code === 'conflict_stale') return { issues: [], stale: true }
    throw error
  }
}

/** The status of a form that comes back. */
export const statusOf = ({ stale }: { stale: boolean }) => (stale ? 409 : 422)
