import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { accountPages } from './account.tsx'
import { passkeyPages } from './passkeys.tsx'
import { secondFactorPages } from './second-factor.tsx'
import { signInPages } from './sign-in.tsx'
import { signInStepPages } from './sign-in-steps.tsx'

export const membersPages = new Hono<Env>()
  .route('/', signInPages)
  .route('/', signInStepPages)
  .route('/', accountPages)
  .route('/', secondFactorPages)
  .route('/', passkeyPages)
