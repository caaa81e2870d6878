import { refuse } from '../errors.ts'
import { verifyLog } from '../log/chain.ts'
import { formatNumber } from '../i18n/format.ts'
import type { Command } from '../cli/command.ts'
import { backUp, type Carried } from './backup.ts'
import { restore } from './restore.ts'

const backupCommand: Command = {
  path: ['backup'],
  summary: 'write all that the instance holds into one file, while the server goes on serving',
  args: [{ name: 'file', description: 'where to, such as puente-2026-11-21.tar.gz', isPath: true }],
  options: [{ name: 'force', description: 'replace the file if there is one', default: false }],
  // An instance is backed up as it is, before this version changes it.
  migrated: false,
  async run({ database, files, args, options, out, err, json }) {
    const path = args['file'] ?? ''
    const { missing, ...counts } = await backUp({ database, files }, path, { force: options['force'] === true, say: err })
    if (json) out(JSON.stringify({ file: path, ...counts, missing }))
    else out(`Backed up ${inWords(counts)} to ${path}, ${formatNumber(counts.bytes, 'en')} bytes.`)
    for (const sha256 of missing) err(`missing or damaged: ${sha256}`)
    if (missing.length > 0) throw refuse('backup_incomplete', { n: missing.length })
  },
}

const restoreCommand: Command = {
  path: ['restore'],
  summary: 'fill an empty instance from a backup, made on either kind of database',
  args: [{ name: 'file', description: 'a file that "backup" made', isPath: true }],
  migrated: false,
  async run({ database, files, args, out, err, json }) {
    const path = args['file'] ?? ''
    const { missing, migrations, created, application, ...counts } = await restore({ database, files }, path, { say: err })
    err('Everything is in place. Tidying up, and checking the log …')
    await database.vacuum()
    const log = await verifyLog(database)
    if (json)
      out(JSON.stringify({ file: path, ...counts, created, application, migrations, missing, log: { entries: log.entries, breaks: log.breaks.length } }))
    else out(`Restored ${inWords(counts)} from ${path}, made by Puente ${application} at ${created}.`)
    if (!json && migrations.length > 0) out(`Ran ${migrations.join(', ')}.`)
    for (const sha256 of missing) err(`not in the backup, because it was missing or damaged then: ${sha256}`)
    if (log.breaks.length > 0) throw refuse('log_broken', { n: log.breaks.length })
  },
}

const inWords = ({ tables, rows, files }: Omit<Carried, 'bytes'>) =>
  `${formatNumber(tables, 'en')} tables with ${formatNumber(rows, 'en')} rows, and ${formatNumber(files, 'en')} files,`

/** The verbs that carry an instance into a file and back. */
export const backupCommands = [backupCommand, restoreCommand]
