/** What an organization may be, in a network and on the record. */
export const organizationKinds = [
  'enterprise',
  'institute',
  'centre',
  'hospital',
  'university',
  'laboratory',
  'ministry',
  'local-government',
  'regulator',
  'intergovernmental-body',
  'association',
  'bank',
  'insurer',
  'diplomatic-mission',
] as const
export type OrganizationKind = (typeof organizationKinds)[number]

/** The five fields in which the network works, in the order of the way from the bench to the patient. */
export const pillars = ['research', 'training', 'technology-transfer', 'production', 'commercialization'] as const
export type Pillar = (typeof pillars)[number]

/** What a person may do for an organization: those of its own people, and that of a guest, who reads with them until a day that is set. */
export const roles = ['admin', 'editor', 'signatory', 'quality', 'trader', 'viewer', 'guest'] as const
export type Role = (typeof roles)[number]

/** What a person may do for a network. */
export const offices = ['administrator', 'secretariat', 'curator'] as const
export type Office = (typeof offices)[number]

export const standings = ['admitted', 'suspended', 'left'] as const
export type StandingState = (typeof standings)[number]

export const applicationStates = ['sent', 'asked', 'answered', 'admitted', 'declined', 'withdrawn'] as const
export type ApplicationState = (typeof applicationStates)[number]
