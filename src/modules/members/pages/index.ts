import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { accountPages } from './account.tsx'
import { openidPages } from './openid.tsx'
import { signInPages } from './sign-in.tsx'
import { accepted, termsPages } from './terms.tsx'

export const membersPages = new Hono<Env>()
  .route('/', signInPages)
  .route('/', termsPages)
  .use('/account/*', accepted)
  .route('/', openidPages)
  .route('/', accountPages)
