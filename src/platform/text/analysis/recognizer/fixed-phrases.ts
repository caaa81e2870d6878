import type { Language } from '../../../i18n/languages.ts'

// Where a word within these stands also for a thing, it is not that thing that is meant. Found as labels are, and given to nobody.
const phrases: Partial<Record<Language, string>> = {
  en: 'of course | in the course of | in case of | in the case of | take part | on the market | in place of | in light of | the fact that | at least | so called | in order to | make sense',
  es: 'sin embargo | en curso | en el curso de | por supuesto | en caso de | en el caso de | a partir de | por medio de | a través de | en primer lugar | primer ministro | por primera vez | a la vez | de acuerdo con | el primer | un primer | su primer',
  vi:
    'điều trị | điều kiện | điều này | điều đó | điều hành | điều tra | điều chỉnh | điều phối | điều dưỡng | điều khoản | thông tin | thông qua | thông báo | giao thông | truyền thông | hệ thống thông tin | phổ thông | ' +
    'mối quan hệ | mối liên hệ | đầu mối | lao động | phong cách | phong phú | phong trào | mô phỏng | tất cả | diễn tả | mô tả | tâm lý | vật lý | quản lý | đại lý | xử lý | chính phủ | cam kết | ' +
    'liên lạc | câu lạc bộ | nhãn hiệu | ghi nhãn | tạp chí | báo chí | tiêu chí | gián tiếp | gián đoạn | thậm chí | tại chỗ | đàm phán | hội đàm | phù hợp | cơ quan | cơ sở | cơ hội | cơ cấu | cơ chế | bảo đảm | đường dây | con đường | đường phố | hội nghị | thống nhất | đồng nhất | máy móc',
}

/** The phrases of a language that stand for none of their words. */
export const fixedPhrases = Object.entries(phrases).flatMap(([language, texts]) => texts.split(' | ').map((text) => ({ language: language as Language, text })))
