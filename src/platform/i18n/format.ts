import { htmlLanguage, type Language } from './languages.ts'

/** English dates day first, as the partners write them. */
const dateLocale = (language: Language) => (language === 'en' ? 'en-GB' : htmlLanguage[language])

const cache = new Map<string, unknown>()

/** Intl formatters are slow to make and safe to share. */
function once<T>(key: string, make: () => T): T {
  if (!cache.has(key)) cache.set(key, make())
  return cache.get(key) as T
}

// As the United Nations and ISO 3166 name them, where the library does otherwise.
const otherwiseNamed: Record<string, Partial<Record<Language, string>>> = {
  VN: { en: 'Viet Nam' },
  TW: { en: 'Taiwan, China', es: 'Taiwán (China)', zh: '中国台湾', vi: 'Đài Loan (Trung Quốc)' },
  HK: { en: 'Hong Kong, China', es: 'Hong Kong (China)', zh: '中国香港', vi: 'Hồng Kông (Trung Quốc)' },
}

/** The name of a country in a language. @param code ISO 3166-1 alpha-2 */
export function countryName(code: string, language: Language): string {
  const names = once(`country ${language}`, () => new Intl.DisplayNames(htmlLanguage[language], { type: 'region' }))
  return otherwiseNamed[code]?.[language] ?? names.of(code) ?? code
}

/** The name of a language in a language. @param code BCP 47, such as `pt` */
export function languageName(code: string, language: Language): string {
  const name = once(`language ${language}`, () => new Intl.DisplayNames(htmlLanguage[language], { type: 'language' })).of(code) ?? code
  return name.charAt(0).toLocaleUpperCase(htmlLanguage[language]) + name.slice(1)
}

/** The name of a language inside of a sentence: small in Spanish and Vietnamese, where a list or a table has it large. */
export function languageInSentence(code: string, language: Language): string {
  const name = languageName(code, language)
  return language === 'es' || language === 'vi' ? name.charAt(0).toLocaleLowerCase(htmlLanguage[language]) + name.slice(1) : name
}

/** A number with the separators of a language. */
export const formatNumber = (value: number, language: Language): string =>
  once(`number ${language}`, () => new Intl.NumberFormat(htmlLanguage[language])).format(value)

/** A moment, to the minute, in UTC. */
export function formatMoment(moment: Date, language: Language): string {
  return once(`moment ${language}`, () => new Intl.DateTimeFormat(dateLocale(language), { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })).format(
    moment,
  )
}

/** A calendar day, month or year, as precise as given. @param day ISO 8601: `2023`, `2023-06` or `2023-06-27` */
export function formatDay(day: string, language: Language): string {
  const [year = '', month, date] = day.split('-')
  const fields: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    ...(month && { month: language === 'zh' || language === 'vi' ? 'long' : 'short' }),
    ...(date && { day: 'numeric' }),
    timeZone: 'UTC',
  }
  const formatter = once(`day ${language} ${Object.keys(fields).length}`, () => new Intl.DateTimeFormat(dateLocale(language), fields))
  return formatter.format(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(date ?? 1)))
}

/** An amount of money in the large units that a language counts in: `777 million USD`, `7.77亿 USD`. @param currency ISO 4217 */
export const formatMoney = (value: number, currency: string, language: Language): string =>
  `${once(`money ${language}`, () => new Intl.NumberFormat(htmlLanguage[language], { notation: 'compact', compactDisplay: 'long', maximumFractionDigits: 3 })).format(value)} ${currency}`

/** Several things of which any one will do, in the words of a language. @example formatList(['a', 'b'], 'es') // 'a o b' */
export const formatList = (items: readonly string[], language: Language): string =>
  once(`list ${language}`, () => new Intl.ListFormat(htmlLanguage[language], { type: 'disjunction' })).format(items)
