import type { Sentence } from '../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const vi = {
  'home.title': 'Những gì Cuba, Trung Quốc và Việt Nam cùng xây dựng trong công nghệ sinh học',
  'home.lead': 'Các tổ chức và thỏa thuận, kèm tài liệu làm căn cứ. Đọc bằng bốn ngôn ngữ.',
  'home.placeholder': 'CIGB, 永州, công nghệ sinh học, transferencia…',
  'home.counts': 'Trong hồ sơ',
  'home.organizations': 'Tổ chức',
  'home.agreements': 'Thỏa thuận',
  'home.sources': 'Nguồn',
  'home.latest': 'Thỏa thuận mới nhất',
  'home.all': 'Tất cả thỏa thuận',
  'home.empty': 'Hồ sơ còn trống. Nạp bằng lệnh: npx puente import record seeds/record',
  'search.title': 'Tìm kiếm',
  'search.results': { other: '{n} kết quả cho “{q}”' },
  'search.capped': 'Hơn {n} kết quả cho “{q}”',
  'search.none': 'Không tìm thấy gì cho “{q}”. Hãy thử ít từ hơn, hoặc tên bằng ngôn ngữ khác.',
  'search.ask': 'Nhập tên, địa điểm hoặc chủ đề bằng bất kỳ ngôn ngữ nào trong bốn ngôn ngữ.',
  'search.all': 'Tất cả',
  'kind.organization': 'Tổ chức',
  'kind.agreement': 'Thỏa thuận',
  'kind.source': 'Nguồn',
} as const satisfies Record<keyof typeof en, Sentence>
