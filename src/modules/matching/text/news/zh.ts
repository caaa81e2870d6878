import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const zh = {
  'digest.subject': { other: '{n} 个新的匹配对象' },
  'digest.body':
    '{person}，您好：\n\n系统为您负责的信息找到了新的匹配对象：\n\n{list}\n\n全部匹配对象及匹配理由见各条信息的页面，请在此登录：\n{link}\n\n如需改用订阅源接收或不再接收此邮件：\n{stop}\n',
  'digest.listing': { other: '“{title}”：{n} 个新的匹配对象' },
  'digest.more': { other: '……另有 {n} 个' },
  'digest.more-listings': { other: '……另有 {n} 条信息的匹配对象' },
  'introduction.mail-subject': '秘书处引荐：{title}',
  'introduction.mail-body':
    '{name}，您好：\n\n秘书处将“{title}”与另一条信息“{other}”相互引荐，并留言：\n\n{note}\n\n请在此查看该信息并与其机构联系：\n{link}\n',
  'matches.new': '新',
  'matches.fresh': { other: '新增 {n} 条' },
  'done.interested': '已表达合作意向',
  'done.declined': '合作意向被婉拒',
  'done.accepted': '意向已接受',
  'notice.title': '新的匹配对象',
  'notice.lead': '为您负责的信息找到匹配对象时，可以通知您。通知只涉及您当时有权查看的内容。',
  'notice.none': '您的信息暂无新的匹配对象。',
  'notice.settings': '邮件与订阅源',
  'notice.often': '邮件通知',
  'notice.often.daily': '有新内容时每天一次',
  'notice.often.never': '从不',
  'notice.save': '保存',
  'notice.saved': '设置已保存。',
  'notice.feed': '订阅源',
  'notice.feed-lead': '订阅阅读器无需登录即可显示匹配结果：任何持有该地址的人都能阅读。地址只显示一次。',
  'notice.feed-open': '生成地址',
  'notice.feed-again': '重新生成地址',
  'notice.feed-again-lead': '您已有一个地址。重新生成后，原地址即失效。',
  'notice.feed-close': '停用该地址',
  'notice.feed-closed': '该地址已失效。',
  'notice.feed-made': '您的订阅源地址',
  'notice.feed-once': '请立即复制：此地址仅显示这一次。',
  'notice.feed-of': '“{title}”的匹配对象',
  'notice.back': '返回',
} as const satisfies Record<keyof typeof en, Sentence>
