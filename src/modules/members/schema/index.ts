export { reportInput } from '../schema.ts'
export { organizationKinds, pillars, roles } from './kinds.ts'
export { applicationInput, contactInput, enterInput, factsInput, invitationInput, textsInput } from './organizations.ts'
