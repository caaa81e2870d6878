import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isUtf8 } from 'node:buffer'
import type { Command } from '../../../platform/cli/command.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { platformTexts } from '../../../platform/i18n/index.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { publishTerms } from '../actions/terms.ts'
import { longestTerms } from '../rules/terms.ts'
import type { TermsTexts } from '../store/terms.ts'

/** More bytes than the longest text has; a larger file is not read at all. */
const mostBytes = 4 * longestTerms

const publish: Command = {
  path: ['terms', 'publish'],
  summary: 'publish the terms of use in a new version, which everybody who signs in is asked to accept',
  args: [{ name: 'dir', description: 'folder with en.md, es.md, zh.md and vi.md: headings (#), lists (-) and paragraphs', isPath: true }],
  async run({ database, args, out, json }) {
    const texts: Partial<TermsTexts> = {}
    let wrong = 0
    for (const language of languages) {
      const file = `${language}.md`
      const read = await readText(join(args['dir'] ?? '', file))
      if (typeof read === 'string') texts[language] = read
      else {
        wrong += 1
        const sentence = platformTexts.en(`issue.${read.code}`, read.params)
        out(json ? JSON.stringify({ file, code: read.code, message: sentence }) : `${file}: ${sentence}`)
      }
    }
    if (wrong > 0) throw refuse('import_invalid', { n: wrong })
    const { version, isNew } = await publishTerms(database, texts as TermsTexts)
    if (json) return out(JSON.stringify({ version, published: isNew }))
    out(
      isNew ? `Version ${version} of the terms of use is published.` : `These are the words of version ${version}, which holds already. Nothing was published.`,
    )
  },
}

async function readText(path: string): Promise<string | Pick<Issue, 'code' | 'params'>> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) return { code: 'file_missing' }
  if (found.size > mostBytes) return { code: 'too_long', params: { n: longestTerms } }
  const bytes = await readFile(path)
  if (!isUtf8(bytes)) return { code: 'not_utf8' }
  // NUL cannot be kept in the database.
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .replaceAll('\0', '')
    .trim()
  if (text === '') return { code: 'required' }
  return text.length > longestTerms ? { code: 'too_long', params: { n: longestTerms } } : text
}

export const termsCommands: readonly Command[] = [publish]
