import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { accountPages } from './account.tsx'
import { deskPages } from './desk.tsx'
import { reportPages } from './reports.tsx'
import { signInPages } from './sign-in.tsx'

export const membersPages = new Hono<Env>().route('/', signInPages).route('/', accountPages).route('/', reportPages).route('/', deskPages)
