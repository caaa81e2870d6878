import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const vi: Record<keyof typeof en, Sentence> = {
  'key.title': 'Khóa API',
  'key.lead':
    'Chương trình dùng API bằng khóa. Khóa hành động thay quý vị, nhiều nhất là trong phạm vi quý vị được làm, và chỉ những gì các quyền của khóa nêu ra.',
  'key.lead-member':
    'Chương trình dùng API bằng khóa. Khóa hành động thay tổ chức, với tư cách biên tập viên, và chỉ trong phạm vi các quyền của khóa. Khóa ngừng hoạt động khi tổ chức không ở trong mạng lưới nào.',
  'key.none': 'Chưa có khóa nào.',
  'key.new': 'Tạo khóa',
  'key.name': 'Tên khóa',
  'key.name-hint': 'Để sau này quý vị biết khóa dùng cho việc gì, ví dụ “hệ thống phòng thí nghiệm”.',
  'key.scopes': 'Khóa được làm gì',
  'key.until': 'Ngày cuối cùng',
  'key.until-hint': 'Lâu nhất là một năm kể từ hôm nay.',
  'key.make': 'Tạo khóa này',
  'key.made': 'Khóa đã được tạo',
  'key.once': 'Hãy sao chép ngay: khóa chỉ hiện một lần này và không được lưu ở đâu cả. Ai có khóa đều làm được những gì các quyền của khóa nêu ra.',
  'key.use': 'Chương trình gửi khóa trong mỗi yêu cầu:',
  'key.back': 'Về danh sách khóa',
  'key.made-by': '{person} tạo lúc {date}',
  'key.used': 'dùng lần cuối {date}',
  'key.unused': 'chưa dùng',
  'key.ends': 'đến {date}',
  'key.revoke': 'Thu hồi',
  'key.revoked': 'Khóa đã bị thu hồi và không còn dùng được ở đâu nữa.',
  'key.state.rests': 'Tạm ngừng',
  'key.state.expired': 'Hết hạn',
  'key.state.revoked': 'Đã thu hồi',
  'key.scope.members-read': 'Đọc thông tin thành viên',
  'key.scope.desk-write': 'Gửi đính chính và báo cáo',
  'key.mail.made.subject': 'Một khóa API đã được tạo trên Puente',
  'key.mail.made.body':
    'Kính gửi {name},\n\n{by} đã tạo khóa API “{key}” ({hint}…). Khóa hành động thay {owner} và được: {scopes}. Ngày cuối cùng của khóa là {until}.\n\nNếu đây không phải chủ ý, hãy thu hồi khóa ngay:\n\n{link}',
  'key.mail.revoked.subject': 'Một khóa API đã bị thu hồi trên Puente',
  'key.mail.revoked.body':
    'Kính gửi {name},\n\n{by} đã thu hồi khóa API “{key}” ({hint}…) của {owner}. Các chương trình dùng khóa này không còn nhận được câu trả lời.\n\n{link}',
  'key.operator': 'Người vận hành',
}
