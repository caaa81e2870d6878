import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const vi = {
  'saved.title': 'Tìm kiếm đã lưu',
  'saved.lead':
    'Chỉ mình quý vị thấy những gì lưu ở đây. Quý vị được báo qua thư điện tử về những gì được công bố liên quan, bằng bất kỳ ngôn ngữ nào, trong phạm vi quý vị được xem lúc đó.',
  'saved.none': 'Quý vị chưa lưu tìm kiếm nào. Hãy tìm một nội dung rồi lưu tìm kiếm tại đó.',
  'saved.save': 'Lưu tìm kiếm này',
  'saved.new': 'Lưu một tìm kiếm',
  'saved.name': 'Tên',
  'saved.often': 'Báo cho tôi qua thư',
  'saved.often.at-once': 'ngay lập tức',
  'saved.often.daily': 'mỗi ngày một lần',
  'saved.often.weekly': 'mỗi tuần một lần',
  'saved.often.never': 'không bao giờ',
  'saved.words': 'Nội dung tìm',
  'saved.keep': 'Lưu',
  'saved.change': 'Sửa',
  'saved.remove': 'Xóa',
  'saved.remove-lead': 'Tìm kiếm đã xóa không còn báo gì nữa.',
  'saved.done.saved': 'Đã lưu tìm kiếm.',
  'saved.done.changed': 'Đã lưu thay đổi.',
  'saved.done.removed': 'Đã xóa tìm kiếm.',
  'saved.stale': 'Tìm kiếm này vừa được sửa. Ở đây là nội dung cũ; hãy mở lại.',
  'saved.feed': 'Nguồn cấp của tìm kiếm này',
  'saved.mail.subject': { other: '{name}: {n} kết quả mới' },
  'saved.mail.body':
    'Kính gửi {person},\n\nNhững nội dung sau vừa được công bố cho tìm kiếm quý vị lưu với tên “{name}”:\n\n{list}\n\nToàn bộ tìm kiếm:\n{link}\n\nĐể được báo thưa hơn hoặc thôi nhận thư, hãy đăng nhập tại đây:\n{stop}\n',
  'saved.mail.more': { other: '… và {n} mục khác' },
} as const satisfies Record<keyof typeof en, Sentence>
