import { htmlLanguage, languages, type Language } from './languages.ts'

/** A sentence with `{placeholders}`, or its forms by number (`n` chooses, by the plural rules of the language). */
export type Sentence = string | { one?: string; other: string }
export type Sentences = Record<string, Sentence>
export type Params = Record<string, string | number>

/** Says a sentence of one text file in one language. */
export type Say<Key extends string = string> = (key: Key, params?: Params) => string

/**
 * Joins the four text files of a module. A key that one of them lacks, or has beyond the English ones, does not compile.
 *
 * @example
 * export const texts = defineTexts({ en, es, zh, vi })
 * texts.es('list.count', { n: 151 }) // '151 organizaciones'
 */
export function defineTexts<const T extends Sentences>(files: {
  en: T
  es: Record<keyof T, Sentence>
  zh: Record<keyof T, Sentence>
  vi: Record<keyof T, Sentence>
}): Record<Language, Say<keyof T & string>> & { files: Record<Language, Sentences> } {
  const say = Object.fromEntries(languages.map((language) => [language, sayer(files[language], language)])) as Record<Language, Say<keyof T & string>>
  return Object.assign(say, { files })
}

/** One sentence of a module in all languages, for what is handed in before there is a reader: an entry of the navigation, a page of the desk. */
export const labelsOf =
  <Key extends string>(texts: Record<Language, Say<Key>>) =>
  (key: Key): Record<Language, string> => ({ en: texts.en(key), es: texts.es(key), zh: texts.zh(key), vi: texts.vi(key) })

function sayer(sentences: Sentences, language: Language): Say {
  const plural = new Intl.PluralRules(htmlLanguage[language])
  const number = new Intl.NumberFormat(htmlLanguage[language])
  return (key, params = {}) => {
    const sentence = sentences[key]
    if (sentence === undefined) throw new Error(`no text "${key}" in ${language}`)
    const form = typeof sentence === 'string' ? sentence : ((plural.select(Number(params['n'])) === 'one' ? sentence.one : undefined) ?? sentence.other)
    return form.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name]
      return typeof value === 'number' ? number.format(value) : (value ?? `{${name}}`)
    })
  }
}
