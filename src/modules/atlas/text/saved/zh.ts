import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const zh = {
  'saved.title': '已保存的搜索',
  'saved.lead': '此处保存的内容只有您能看到。有相关内容以任何语言发布时，只要您届时有权查看，就会收到邮件通知。',
  'saved.none': '您还没有保存搜索。请先搜索，再在结果页保存。',
  'saved.save': '保存此搜索',
  'saved.new': '保存搜索',
  'saved.name': '名称',
  'saved.often': '邮件通知',
  'saved.often.at-once': '立即',
  'saved.often.daily': '每天一次',
  'saved.often.weekly': '每周一次',
  'saved.often.never': '从不',
  'saved.words': '搜索内容',
  'saved.keep': '保存',
  'saved.change': '修改',
  'saved.remove': '删除',
  'saved.remove-lead': '删除后不再发送任何通知。',
  'saved.done.saved': '搜索已保存。',
  'saved.done.changed': '修改已保存。',
  'saved.done.removed': '搜索已删除。',
  'saved.stale': '此搜索在此期间已被修改。此处显示的是旧内容，请重新打开。',
  'saved.feed': '此搜索的订阅源',
  'saved.mail.subject': { other: '{name}：{n} 条新结果' },
  'saved.mail.body':
    '{person}，您好：\n\n您保存的搜索“{name}”有以下新发布的内容：\n\n{list}\n\n完整搜索：\n{link}\n\n如需减少或停止通知，请在此登录：\n{stop}\n',
  'saved.mail.more': { other: '……另有 {n} 条' },
} as const satisfies Record<keyof typeof en, Sentence>
