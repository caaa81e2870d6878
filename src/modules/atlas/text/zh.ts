import type { Sentence } from '../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const zh = {
  'nav.map': '地图',
  'nav.timeline': '时间轴',
  'nav.network': '关系网',
  'home.title': '古巴、中国和越南的生物技术合作',
  'home.lead': '谁与谁合作、取得了什么成果、依据哪份文献。来源说法不一时，各方说法并列呈现。',
  'home.placeholder': 'CIGB, 永州, công nghệ sinh học, transferencia…',
  'home.counts': '记录概况',
  'home.latest': '最新事件',
  'home.all': '全部事件',
  'home.all-disputes': '全部分歧',
  'home.empty': '记录尚为空。可用以下命令导入：npx puente import record seeds/record',
  'search.title': '搜索',
  'search.results': { other: '“{q}”共有 {n} 条结果' },
  'search.capped': '“{q}”的结果超过 {n} 条',
  'search.none': '未找到“{q}”。请减少关键词，或换用其他语言的名称。',
  'search.ask': '请输入名称、地点或主题，四种语言均可。',
  'search.all': '全部',
  'search.instead': { other: '没有与“{q}”拼写一致的内容。以下 {n} 条结果拼写相近：{words}。' },
  'search.also': '又名：',
  'search.plural.member': '成员',
  'search.entry.member': '成员',
  'search.plural.concept': '概念',
  'search.entry.concept': '概念',
} as const satisfies Record<keyof typeof en, Sentence>
