import { languageName } from '../../../platform/i18n/format.ts'
import { languageNames, languages, type Language } from '../../../platform/i18n/languages.ts'
import { foldKey } from '../../../platform/text/fold.ts'
import { memberInputs, membersTexts } from '../../members/index.ts'
import { audiences, directions, forms, ipStates, stages, type Stage } from '../schema/terms.ts'
import { exchangeTexts } from '../text/index.ts'

/** Columns of which each cell holds words of a closed list: one, or several. */
export const wordColumns = ['direction', 'pillar', 'original', 'audience', 'forms', 'stage', 'ip', 'partner_kinds'] as const
export type WordColumn = (typeof wordColumns)[number]
export const severalColumns: ReadonlySet<string> = new Set<WordColumn>(['forms', 'partner_kinds'])

const codes: Record<WordColumn, readonly string[]> = {
  direction: directions,
  pillar: memberInputs.pillars,
  original: languages,
  audience: audiences,
  forms,
  stage: stages,
  ip: ipStates,
  partner_kinds: memberInputs.organizationKinds,
}

/** The words of a column, each with its code, as a reader of this language sees them. */
export const wordsOf = (column: WordColumn, language: Language): { code: string; word: string }[] =>
  codes[column].map((code) => ({ code, word: wordFor(column, code, language) }))

/** What a code is called in a language. */
export function wordFor(column: WordColumn, code: string, language: Language): string {
  const say = exchangeTexts[language]
  switch (column) {
    case 'direction':
      return say(`direction.${code as (typeof directions)[number]}`)
    case 'pillar':
      return membersTexts[language](`pillar.${code as (typeof memberInputs.pillars)[number]}`)
    case 'original':
      return languageName(code, language)
    case 'audience':
      return say(`audience.${code as (typeof audiences)[number]}`)
    case 'forms':
      return say(`form.${code as (typeof forms)[number]}`)
    case 'stage':
      return code.startsWith('trl-') ? `TRL ${code.slice(4)}` : say(`progress.${code as Exclude<Stage, `trl-${string}`>}`)
    case 'ip':
      return say(`ip.${code as (typeof ipStates)[number]}`)
    default:
      return membersTexts[language](`kind.${code as (typeof memberInputs.organizationKinds)[number]}`)
  }
}

const byWord = new Map(wordColumns.map((column) => [column, indexOf(column)]))

function indexOf(column: WordColumn): ReadonlyMap<string, string> {
  const words = codes[column].flatMap((code) =>
    [
      code,
      ...languages.map((language) => wordFor(column, code, language)),
      ...(column === 'original' ? [languageNames[code as Language]] : []),
      ...(code.startsWith('trl-') ? [`TRL${code.slice(4)}`] : []),
    ].map((word): [string, string] => [foldKey(word), code]),
  )
  return new Map(words)
}

/** The code that somebody means by a word, of whichever language. */
export const codeOf = (column: WordColumn, word: string): string | undefined => byWord.get(column)?.get(foldKey(word))

/** What stands between several words of a cell. */
export const partsOf = (cell: string): string[] =>
  cell
    .split(/[;；\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** Where no word has a comma of its own, one may stand between them too. */
export const smallPartsOf = (cell: string): string[] => partsOf(cell.replaceAll(/[,，、]/g, ';'))
