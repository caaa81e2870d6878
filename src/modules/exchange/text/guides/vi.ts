import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const vi: Record<keyof typeof en, Sentence> = {
  'guide.offer.research': 'Vấn đề gì, phương pháp hoặc vật liệu nào, đã chứng minh được gì và đối tác sẽ làm gì.',
  'guide.need.research': 'Muốn giải quyết vấn đề gì, đã có gì và còn thiếu gì.',
  'guide.offer.training': 'Nội dung, trình độ, thời lượng, ngôn ngữ, số suất, người giảng dạy và chi phí.',
  'guide.need.training': 'Ai cần học gì, bao nhiêu người, trước khi nào và bằng ngôn ngữ nào.',
  'guide.offer.technology-transfer':
    'Quy trình hoặc sản phẩm nào, quy mô hiện tại, chuyển giao những gì (tài liệu, chủng giống, đào tạo) và bên nhận cần có gì.',
  'guide.need.technology-transfer': 'Cần công nghệ nào, cho sản phẩm và thị trường nào, hiện có nhà xưởng và nhân lực gì.',
  'guide.offer.production': 'Dạng bào chế hoặc công đoạn nào, công suất, tiêu chuẩn chất lượng và các đợt thanh tra, từ khi nào.',
  'guide.need.production': 'Sản phẩm và công đoạn nào, số lượng bao nhiêu, tiêu chuẩn chất lượng nào và cần trước khi nào.',
  'guide.offer.commercialization': 'Sản phẩm nào, được cấp phép lưu hành ở đâu, hạn dùng và bảo quản, với điều kiện nào.',
  'guide.need.commercialization': 'Sản phẩm hoặc thị trường nào, mỗi năm bao nhiêu và cần giấy đăng ký lưu hành nào.',
  'mail.review.subject': 'Chờ duyệt: {title}',
  'mail.review.body': 'Kính gửi {name},\n\n“{title}” đang chờ tổ chức của quý vị duyệt. Hãy gửi tiếp cho ban thư ký hoặc trả lại kèm lý do:\n\n{link}',
  'mail.returned.subject': 'Đã trả lại: {title}',
  'mail.returned.body': 'Kính gửi {name},\n\n“{title}” đã bị trả lại với lý do:\n\n{reason}\n\nQuý vị có thể sửa và gửi lại:\n\n{link}',
  'mail.published.subject': 'Đã đăng: {title}',
  'mail.published.body': 'Kính gửi {name},\n\n“{title}” đã được đăng:\n\n{link}',
  'mail.closed.subject': 'Đã đóng: {title}',
  'mail.closed.body': 'Kính gửi {name},\n\nBan thư ký đã đóng “{title}”:\n\n{link}',
  'mail.reminder.subject': 'Sắp hết hạn: {title}',
  'mail.reminder.body': 'Kính gửi {name},\n\n“{title}” có hiệu lực đến {until}. Nếu muốn giữ tin, hãy gia hạn tại đây:\n\n{link}',
  'mail.expired.subject': 'Đã hết hạn: {title}',
  'mail.expired.body': 'Kính gửi {name},\n\n“{title}” đã hết hạn. Quý vị có thể gia hạn tại đây:\n\n{link}',
}
