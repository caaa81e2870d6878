import { z } from 'zod'
import { languages, type Language } from '../../../platform/i18n/languages.ts'
import { readCsv, type FileIssue } from '../../../platform/text/csv.ts'
import type { Imported } from '../rules/attach.ts'
import type { Label } from '../rules/draft.ts'
import { keyOfLabel } from '../rules/labels.ts'

const cell = z.string().max(2000)
/** A list of terms with their translations: TICO-19 as it is published, one file for each pair of languages. */
const pairs = z.object({ id: cell, sourceLang: cell, targetLang: cell, sourceString: cell, targetString: cell })
/** The same joined, a column for each language. */
const joined = z.object(Object.fromEntries(languages.map((language) => [language, cell])) as Record<Language, typeof cell>)

export const termForms = { pairs: Object.keys(pairs.shape), joined: Object.keys(joined.shape) }
export type Terms = { concepts: Imported[]; issues: FileIssue[] }

/** Reads a list of terms. A term is known again by its English words. */
export async function readTerms(path: string, form: keyof typeof termForms): Promise<Terms> {
  if (form === 'joined') {
    const { rows, issues } = await readCsv(path, joined)
    return { issues, concepts: merged(rows.map(({ value }) => languages.flatMap((language) => labelOf(language, value[language])))) }
  }
  const { rows, issues } = await readCsv(path, pairs)
  return {
    issues,
    concepts: merged(rows.map(({ value }) => [...labelOf('en', value.sourceString), ...labelOf(value.targetLang, value.targetString)])),
  }
}

function labelOf(tag: string, text: string): Label[] {
  const language = languages.find((each) => tag.toLowerCase().startsWith(each))
  if (language === undefined || text === '' || text.length > 200) return []
  return [{ language, kind: /^zh[_-](tw|hk|hant)/i.test(tag) ? 'alternative' : 'preferred', text }]
}

/** Rows with the same English term are one. */
function merged(rows: readonly Label[][]): Imported[] {
  const found = new Map<string, Imported>()
  for (const labels of rows) {
    const english = labels.find(({ language }) => language === 'en')
    if (!english) continue
    const uri = `term:${keyOfLabel(english.text)}`
    const term = found.get(uri) ?? { uri, labels: [], broader: [], related: [], codes: [], note: null }
    for (const label of labels) {
      const same = term.labels.filter(({ language }) => language === label.language)
      if (same.some(({ text }) => text === label.text)) continue
      term.labels.push(same.some(({ kind }) => kind === 'preferred') ? { ...label, kind: 'alternative' } : label)
    }
    found.set(uri, term)
  }
  return [...found.values()]
}
