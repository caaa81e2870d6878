import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { accountPages } from './account.tsx'
import { apiKeyPages } from './api-keys.tsx'
import { applicationPages } from './applications.tsx'
import { applyPages } from './apply.tsx'
import { claimPages } from './claims.tsx'
import { deskMemberPages } from './desk-members.tsx'
import { deskPages } from './desk.tsx'
import { directoryPages } from './directory.tsx'
import { joinPages } from './join.tsx'
import { openidPages } from './openid.tsx'
import { organizationPages } from './organizations.tsx'
import { passkeyPages } from './passkeys.tsx'
import { peoplePages } from './people.tsx'
import { reportPages } from './reports.tsx'
import { secondFactorPages } from './second-factor.tsx'
import { signInPages } from './sign-in.tsx'
import { signInStepPages } from './sign-in-steps.tsx'
import { accepted, termsPages } from './terms.tsx'

const comingIn = [signInPages, signInStepPages, openidPages, termsPages, joinPages, applyPages]
const own = [accountPages, secondFactorPages, passkeyPages, apiKeyPages, applicationPages]
const organizations = [directoryPages, organizationPages, peoplePages, claimPages]
const desk = [deskPages, deskMemberPages, reportPages]

export const membersPages = [...comingIn, ...own, ...organizations, ...desk].reduce(
  (pages, part) => pages.route('/', part),
  new Hono<Env>().use('/account/*', accepted),
)
