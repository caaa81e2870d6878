import type { Sentences } from '../../../../platform/i18n/texts.ts'

export const en = {
  'kind.enterprise': 'enterprise',
  'kind.institute': 'institute',
  'kind.centre': 'centre',
  'kind.hospital': 'hospital',
  'kind.university': 'university',
  'kind.laboratory': 'laboratory',
  'kind.ministry': 'ministry or national agency',
  'kind.local-government': 'local government',
  'kind.regulator': 'regulator',
  'kind.intergovernmental-body': 'intergovernmental body',
  'kind.association': 'association',
  'kind.bank': 'bank',
  'kind.insurer': 'insurer',
  'kind.diplomatic-mission': 'diplomatic mission',
} as const satisfies Sentences
