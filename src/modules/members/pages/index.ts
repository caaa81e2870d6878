import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { accountPages } from './account.tsx'
import { applicationPages } from './applications.tsx'
import { applyPages } from './apply.tsx'
import { claimPages } from './claims.tsx'
import { deskPages } from './desk.tsx'
import { directoryPages } from './directory.tsx'
import { joinPages } from './join.tsx'
import { organizationPages } from './organizations.tsx'
import { peoplePages } from './people.tsx'
import { openidPages } from './openid.tsx'
import { signInPages } from './sign-in.tsx'
import { accepted, termsPages } from './terms.tsx'

const parts = [
  signInPages,
  termsPages,
  openidPages,
  accountPages,
  directoryPages,
  applyPages,
  applicationPages,
  joinPages,
  organizationPages,
  peoplePages,
  claimPages,
  deskPages,
]

export const membersPages = parts.reduce((pages, part) => pages.route('/', part), new Hono<Env>().use('/account/*', accepted))
