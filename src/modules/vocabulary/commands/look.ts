import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { thePublic } from '../../../platform/access/actor.ts'
import type { Command } from '../../../platform/cli/command.ts'
import { refuse } from '../../../platform/errors.ts'
import { formatNumber } from '../../../platform/i18n/format.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { checkVocabulary } from '../actions/check-vocabulary.ts'
import { exportFormats, skosPieces } from '../actions/export-skos.ts'
import { coverageOf } from '../rules/coverage.ts'
import { readThesaurus } from '../sheets/thesaurus.ts'
import { loadLabels } from '../store/names.ts'
import { tellIssues } from '../../../platform/cli/issues.ts'

const number = (n: number) => formatNumber(n, 'en')

export const checkCommand: Command = {
  path: ['vocabulary', 'check'],
  summary: 'look whether the vocabulary is sound: labels in four languages, scripts, circles, codes, the same label twice',
  args: [],
  options: [{ name: 'folder', description: 'check the CSV files of a folder instead of what is loaded', default: '', isPath: true }],
  async run({ database, options, out, json }) {
    const folder = typeof options['folder'] === 'string' ? options['folder'] : ''
    const { issues, problems, areas } = await checkVocabulary(database, thePublic, folder)
    if (json) out(JSON.stringify({ areas, problems }))
    else
      for (const [area, { concepts, two }] of Object.entries(areas))
        out(
          `${area}: ${number(concepts)} concepts; two or more terms: ${languages.map((each) => `${each} ${Math.round((100 * two[each]) / concepts)} %`).join(', ')}`,
        )
    tellIssues({ out, json }, issues)
    if (!json) for (const { area, key, kind, detail } of problems) out(`${area}: ${key}: ${kind} ${detail}`.trim())
    if (problems.length > 0) throw refuse('check_failed', { n: problems.length })
    if (!json) out(`${number(Object.values(areas).reduce((sum, { concepts }) => sum + concepts, 0))} concepts, all is well.`)
  },
}

export const coverageCommand: Command = {
  path: ['vocabulary', 'coverage'],
  summary: 'say how many terms of a list the vocabulary knows, language by language',
  args: [{ name: 'file', description: 'a list of terms in CSV, such as TICO-19', isPath: true }],
  options: [{ name: 'missing', description: 'name the terms that it does not know', default: false }],
  async run({ database, args, options, out, json }) {
    const { issues, concepts } = await readThesaurus(args['file'] ?? '')
    tellIssues({ out, json }, issues)
    const report = coverageOf(concepts, await database.read(thePublic, loadLabels))
    if (json) return out(JSON.stringify(report))
    out(`${number(report.terms)} terms of the field; ${number(report.outOfField)} are not of it.`)
    for (const language of languages) {
      const { terms, known, inParts, missing } = report.languages[language]
      const share = (n: number) => `${Math.round((100 * n) / terms)} %`
      if (terms > 0)
        out(
          `${language}: ${number(known)} of ${number(terms)} known (${share(known)}), ${number(inParts)} more in their parts (together ${share(known + inParts)})`,
        )
      if (options['missing'] === true) for (const text of missing) out(`  ${text}`)
    }
  },
}

export const exportCommand: Command = {
  path: ['vocabulary', 'export'],
  summary: 'write the vocabulary into a file, in SKOS or CSV',
  args: [{ name: 'file', description: 'the file to write; what is there is replaced', isPath: true }],
  options: [{ name: 'format', description: exportFormats.join(', '), default: 'turtle' }],
  async run({ database, config, args, options, out, json }) {
    const format = exportFormats.find((each) => each === options['format'])
    if (format === undefined) throw refuse('usage', { reason: `--format takes ${exportFormats.join(', ')}` })
    const base = config.url ?? `http://localhost:${config.port}`
    await pipeline(Readable.from(await skosPieces(database, thePublic, format, base)), createWriteStream(args['file'] ?? ''))
    out(json ? JSON.stringify({ file: args['file'] }) : `Wrote ${args['file'] ?? ''}.`)
  },
}
