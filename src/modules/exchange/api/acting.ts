import type { Acting } from '../../../platform/access/actor.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Ctx } from '../../../platform/http/context.ts'

/** Who writes for a member. @throws Refusal `key_needed` */
export function actingOf(c: Ctx): Acting {
  const { actor } = c.var
  if (actor.kind !== 'person' && actor.kind !== 'key') throw refuse('key_needed')
  return actor
}
