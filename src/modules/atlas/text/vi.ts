import type { Sentence } from '../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const vi = {
  'nav.map': 'Bản đồ',
  'nav.timeline': 'Dòng thời gian',
  'nav.network': 'Mạng lưới',
  'home.title': 'Những gì Cuba, Trung Quốc và Việt Nam cùng xây dựng trong công nghệ sinh học',
  'home.lead': 'Ai hợp tác với ai, kết quả ra sao và tài liệu nào nói vậy. Chỗ các nguồn mâu thuẫn, các phía được đặt cạnh nhau.',
  'home.placeholder': 'CIGB, 永州, công nghệ sinh học, transferencia…',
  'home.counts': 'Trong hồ sơ',
  'home.latest': 'Sự kiện mới nhất',
  'home.all': 'Tất cả sự kiện',
  'home.all-disputes': 'Tất cả mâu thuẫn',
  'home.empty': 'Hồ sơ còn trống. Nạp bằng lệnh: npx puente import record seeds/record',
  'search.title': 'Tìm kiếm',
  'search.results': { other: '{n} kết quả cho “{q}”' },
  'search.capped': 'Hơn {n} kết quả cho “{q}”',
  'search.none': 'Không tìm thấy gì cho “{q}”. Hãy thử ít từ hơn, hoặc tên bằng ngôn ngữ khác.',
  'search.ask': 'Nhập tên, địa điểm hoặc chủ đề bằng bất kỳ ngôn ngữ nào trong bốn ngôn ngữ.',
  'search.all': 'Tất cả',
  'search.instead': { other: 'Không có gì được viết là “{q}”. {n} kết quả cho cách viết gần giống: {words}.' },
  'search.also': 'còn gọi:',
  'search.plural.member': 'Thành viên',
  'search.entry.member': 'thành viên',
  'search.plural.concept': 'Khái niệm',
  'search.entry.concept': 'khái niệm',
} as const satisfies Record<keyof typeof en, Sentence>
