import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const vi = {
  'digest.subject': { other: '{n} tin phù hợp mới' },
  'digest.body':
    'Kính gửi {person},\n\nHệ thống đã tìm thấy tin phù hợp mới cho các tin mà quý vị phụ trách:\n\n{list}\n\nToàn bộ tin phù hợp kèm lý do có tại trang của từng tin; vui lòng đăng nhập tại đây:\n{link}\n\nĐể nhận qua nguồn cấp Atom hoặc thôi nhận thư này:\n{stop}\n',
  'digest.listing': { other: '“{title}”: {n} tin phù hợp mới' },
  'digest.more': { other: '… và {n} tin khác' },
  'digest.more-listings': { other: '… và tin phù hợp của {n} tin khác' },
  'introduction.mail-subject': 'Ban thư ký giới thiệu: {title}',
  'introduction.mail-body':
    'Kính gửi {name},\n\nBan thư ký giới thiệu “{title}” với một tin khác: “{other}”. Ban thư ký viết:\n\n{note}\n\nMời quý vị xem tin và liên hệ với tổ chức đăng tin tại đây:\n{link}\n',
  'matches.new': 'Mới',
  'matches.fresh': { other: '{n} tin mới' },
  'done.interested': 'Đã bày tỏ quan tâm',
  'done.declined': 'Quan tâm bị từ chối',
  'done.accepted': 'Bày tỏ quan tâm được chấp nhận',
  'notice.title': 'Tin phù hợp mới',
  'notice.lead': 'Khi tìm thấy tin phù hợp cho một tin mà quý vị phụ trách, quý vị có thể được báo. Chỉ báo những gì quý vị được xem vào lúc đó.',
  'notice.none': 'Chưa có gì mới cho các tin của quý vị.',
  'notice.settings': 'Thư và nguồn cấp',
  'notice.often': 'Báo cho tôi qua thư',
  'notice.often.daily': 'mỗi ngày một lần, khi có tin mới',
  'notice.often.never': 'không bao giờ',
  'notice.save': 'Lưu',
  'notice.saved': 'Đã lưu lựa chọn.',
  'notice.feed': 'Nguồn cấp',
  'notice.feed-lead': 'Trình đọc nguồn cấp hiển thị kết quả mà không cần đăng nhập: ai có địa chỉ đều đọc được. Địa chỉ chỉ hiện một lần.',
  'notice.feed-open': 'Tạo địa chỉ',
  'notice.feed-again': 'Tạo địa chỉ khác',
  'notice.feed-again-lead': 'Quý vị đã có một địa chỉ. Khi tạo địa chỉ khác, địa chỉ cũ sẽ không còn dùng được.',
  'notice.feed-close': 'Hủy địa chỉ',
  'notice.feed-closed': 'Địa chỉ không còn dùng được.',
  'notice.feed-made': 'Địa chỉ nguồn cấp của quý vị',
  'notice.feed-once': 'Hãy sao chép ngay: địa chỉ chỉ hiện một lần này.',
  'notice.feed-of': 'Tin phù hợp với {title}',
  'notice.back': 'Quay lại',
} as const satisfies Record<keyof typeof en, Sentence>
