/** The languages of every page, in the order in which the switch shows them. The first is the last resort. */
export const languages = ['en', 'es', 'zh', 'vi'] as const
export type Language = (typeof languages)[number]

/** A text in one or more languages; which of them is the original is said beside it. */
export type LanguageText = Partial<Record<Language, string>>

/** How each language calls itself. */
export const languageNames: Record<Language, string> = { en: 'English', es: 'Español', zh: '中文', vi: 'Tiếng Việt' }

/** What stands in the `lang` attribute: it decides which glyphs, hyphenation and voice are used. */
export const htmlLanguage: Record<Language, string> = { en: 'en', es: 'es', zh: 'zh-Hans', vi: 'vi' }

export const isLanguage = (value: unknown): value is Language => languages.includes(value as Language)

/**
 * The language a visitor wants most, from an `Accept-Language` header.
 *
 * @example preferredLanguage('pt-BR, es;q=0.8') // 'es'
 */
export function preferredLanguage(header: string | undefined): Language {
  const wanted = (header ?? '')
    .split(',', 20)
    .map((part) => {
      const [tag = '', ...params] = part.trim().toLowerCase().split(';')
      const quality = params.map((param) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(param)?.[1]).find((q) => q !== undefined)
      return { base: tag.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ base, quality }) => isLanguage(base) && quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return (wanted[0]?.base as Language | undefined) ?? 'en'
}

/**
 * The best version of a text for a reader: in their language, else in the original's, else in any.
 *
 * @returns the words and the language they are in, so that a page can mark them with `lang`; `undefined` when there are none
 */
export function pickText(text: LanguageText, reader: Language, original?: string): { text: string; language: Language } | undefined {
  const order = [reader, original, 'en', ...languages].filter(isLanguage)
  const language = order.find((each) => text[each])
  return language === undefined ? undefined : { text: text[language] ?? '', language }
}
