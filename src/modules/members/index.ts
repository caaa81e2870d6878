import { labelsOf } from '../../platform/i18n/texts.ts'
import { tellDeskJob } from './actions/tell-desk.ts'
import type { Module } from '../../platform/module.ts'
import { membersApi } from './api/index.ts'
import { membersCommands } from './commands/index.ts'
import { membersDesk } from './pages/desk-pages.ts'
import { membersPages } from './pages/index.ts'
import { listTerms } from './store/terms.ts'
import { membersTexts } from './text/index.ts'

/** What the demonstration is built and shown with: use cases, the forms they take, and what one reads to fill these in. */
export * as memberActions from './actions/index.ts'
export * as memberInputs from './schema/index.ts'
export * as readDirectory from './store/index.ts'
export type { Office, Role } from './schema/kinds.ts'
export type { Application as ApplicationOf } from './store/applications.ts'
export { accountKind } from './pages/account.tsx'
export { enter, visitorOf } from './pages/request.ts'
export { claimEntry } from './actions/claims.ts'
export { firstLink } from './actions/first.ts'
export { tellDesk } from './actions/tell-desk.ts'
export { tellDeskJob }
export { identifier, identifierAddress, identifierFields, isIdentifierField, type IdentifierField } from './schema/identifiers.ts'
export { organizationKinds } from './schema/kinds.ts'
export { memberOfEntry, type MemberOfEntry } from './store/claims.ts'
export { organizationsOf, type ActsFor } from './store/roles.ts'
export { mayClaim, mayRunDesk, mayRunNetwork } from './policy.ts'
export { readHats } from './store/hats.ts'
export { ownSpaceOf } from './store/persons.ts'
export { organizationKindWords } from './text/index.ts'
export { membersTexts }
export type { MembersSay } from './text/index.ts'
export { MemberLink } from './views/member.tsx'
export { ClaimForm } from './views/claim.tsx'
export { atDesk } from './pages/at-desk.ts'
export { attempt, formOf, forPerson, idOf, statusOf, type Form } from './pages/signed-in.ts'
export { countryOptions, languageOptions, nameIn } from './views/words.ts'
export { type Hats } from './rules/hats.ts'
export { isSameEnd } from './rules/closures.ts'
export { closureInput, openFilter, type Closure as ClosureInput, type OpenFilter } from './schema.ts'
export { Closure, type ClosureTyped } from './views/closure.tsx'
export { DeskLayout, Done, Standing } from './views/desk.tsx'

const label = labelsOf(membersTexts)

export const members: Module = {
  name: 'members',
  pages: membersPages,
  api: membersApi,
  commands: membersCommands,
  navigation: [{ path: '/members', label: label('members.title') }],
  footer: async (db) => ((await listTerms(db)).length > 0 ? [{ path: '/terms', label: label('terms.title') }] : []),
  uploads: [{ path: /^\/members\/[^/]+\/logo$/, maxBytes: 300_000 }],
  scopes: [
    { name: 'members:read', label: label('key.scope.members-read') },
    { name: 'desk:write', label: label('key.scope.desk-write') },
  ],
  desk: membersDesk,
  jobs: [tellDeskJob],
}
