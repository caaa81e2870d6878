import { foldEmail } from '../../../platform/access/accounts.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Ctx } from '../../../platform/http/context.ts'

/** At which step somebody failed. `proof`: signed in already, showing anew who they are. */
type Step = 'password' | 'code' | 'passkey' | 'proof'

/** Which account is tried, as far as that is known; or how to find out once it failed. */
type Tried = string | undefined | (() => Promise<string | undefined>)

/**
 * Leaves a line of the server for each failed sign-in, with the mark of the address that was tried (`puente person mark`), and for each that had to wait.
 * The network address is not in it: the line of the proxy has it, beside the same request id.
 *
 * @param run what comes back is `undefined` when it failed
 */
export async function noteFailedSignIn<T>(c: Ctx, step: Step, tried: Tried, run: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    const result = await run()
    if (result === undefined) await note(c, step, 'wrong', tried)
    return result
  } catch (error) {
    if (error instanceof Refusal && error.code === 'too_many_requests') await note(c, step, 'slowed', tried)
    throw error
  }
}

async function note(c: Ctx, step: Step, reason: 'wrong' | 'slowed', tried: Tried) {
  const { logger, secrets } = c.var.deps
  const email = typeof tried === 'function' ? await tried() : tried
  // A key that cannot be used is told where it is needed; it keeps nobody from an answer here.
  const account = email === undefined ? undefined : await secrets.mark(foldEmail(email)).catch(() => undefined)
  logger.warn({ id: c.var.requestId, step, reason, account }, 'sign-in failed')
}
