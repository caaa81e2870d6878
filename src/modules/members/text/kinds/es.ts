import type { Sentences } from '../../../../platform/i18n/texts.ts'

export const es = {
  'kind.enterprise': 'empresa',
  'kind.institute': 'instituto',
  'kind.centre': 'centro',
  'kind.hospital': 'hospital',
  'kind.university': 'universidad',
  'kind.laboratory': 'laboratorio',
  'kind.ministry': 'ministerio u organismo nacional',
  'kind.local-government': 'gobierno local',
  'kind.regulator': 'autoridad reguladora',
  'kind.intergovernmental-body': 'organismo intergubernamental',
  'kind.association': 'asociación',
  'kind.bank': 'banco',
  'kind.insurer': 'aseguradora',
  'kind.diplomatic-mission': 'misión diplomática',
} as const satisfies Sentences
