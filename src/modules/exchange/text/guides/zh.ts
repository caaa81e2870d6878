import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const zh: Record<keyof typeof en, Sentence> = {
  'guide.offer.research': '研究什么问题、用什么方法或材料、已有哪些结果、希望合作方做什么。',
  'guide.need.research': '想解决什么问题、已有什么、缺少什么。',
  'guide.offer.training': '内容、级别、时长、语言、名额、授课人员和费用。',
  'guide.need.training': '谁需要学习什么、多少人、何时之前、使用何种语言。',
  'guide.offer.technology-transfer': '什么工艺或产品、现有规模、转让内容（文件、菌毒种、培训）以及受让方需具备的条件。',
  'guide.need.technology-transfer': '需要什么技术、用于何种产品和市场、现有厂房和人员。',
  'guide.offer.production': '剂型或工序、产能、质量标准和检查情况、何时可用。',
  'guide.need.production': '什么产品和工序、数量、质量标准、时间要求。',
  'guide.offer.commercialization': '什么产品、在哪些国家已获上市许可、有效期和贮藏条件、合作条款。',
  'guide.need.commercialization': '什么产品或市场、年需求量、需要何种上市许可。',
  'mail.review.subject': '待审核：{title}',
  'mail.review.body': '{name}，您好：\n\n“{title}”正在等待贵机构审核。请提交秘书处，或说明理由退回：\n\n{link}',
  'mail.returned.subject': '已退回：{title}',
  'mail.returned.body': '{name}，您好：\n\n“{title}”已被退回，理由如下：\n\n{reason}\n\n您可以修改后重新提交：\n\n{link}',
  'mail.published.subject': '已发布：{title}',
  'mail.published.body': '{name}，您好：\n\n“{title}”已发布：\n\n{link}',
  'mail.closed.subject': '已结束：{title}',
  'mail.closed.body': '{name}，您好：\n\n秘书处已将“{title}”结束：\n\n{link}',
  'mail.reminder.subject': '即将到期：{title}',
  'mail.reminder.body': '{name}，您好：\n\n“{title}”的有效期至{until}。如需保留，请在此延长：\n\n{link}',
  'mail.expired.subject': '已过期：{title}',
  'mail.expired.body': '{name}，您好：\n\n“{title}”已过期。您可以在此延长：\n\n{link}',
}
