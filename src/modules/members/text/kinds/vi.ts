import type { Sentences } from '../../../../platform/i18n/texts.ts'

export const vi = {
  'kind.enterprise': 'doanh nghiệp',
  'kind.institute': 'viện',
  'kind.centre': 'trung tâm',
  'kind.hospital': 'bệnh viện',
  'kind.university': 'trường đại học',
  'kind.laboratory': 'phòng thí nghiệm',
  'kind.ministry': 'bộ hoặc cơ quan trung ương',
  'kind.local-government': 'chính quyền địa phương',
  'kind.regulator': 'cơ quan quản lý',
  'kind.intergovernmental-body': 'tổ chức liên chính phủ',
  'kind.association': 'hiệp hội',
  'kind.bank': 'ngân hàng',
  'kind.insurer': 'công ty bảo hiểm',
  'kind.diplomatic-mission': 'cơ quan đại diện ngoại giao',
} as const satisfies Sentences
