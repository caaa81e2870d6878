import type { Sentences } from '../../../../platform/i18n/texts.ts'

export const zh = {
  'kind.enterprise': '企业',
  'kind.institute': '研究所',
  'kind.centre': '中心',
  'kind.hospital': '医院',
  'kind.university': '大学',
  'kind.laboratory': '实验室',
  'kind.ministry': '部委或国家机构',
  'kind.local-government': '地方政府',
  'kind.regulator': '监管机构',
  'kind.intergovernmental-body': '政府间机构',
  'kind.association': '协会',
  'kind.bank': '银行',
  'kind.insurer': '保险公司',
  'kind.diplomatic-mission': '外交代表机构',
} as const satisfies Sentences
