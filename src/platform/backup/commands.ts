import { stat } from 'node:fs/promises'
import { refuse } from '../errors.ts'
import { verifyLog } from '../log/chain.ts'
import { formatNumber } from '../i18n/format.ts'
import type { Command } from '../cli/command.ts'
import { checkArchive, readManifest } from './archive.ts'
import { backUp, carried, type Carried } from './backup.ts'
import { makeBackupKey, namedRecipients, readBackupKeys } from './encryption.ts'
import { restore } from './restore.ts'

const keyOption = { name: 'key', description: 'file with the secret key of an encrypted backup', default: '', isPath: true } as const

const backupCommand: Command = {
  path: ['backup'],
  summary: 'write all that the instance holds into one file, while the server goes on serving',
  args: [{ name: 'file', description: 'where to, such as puente-2026-11-21.tar.gz.age', isPath: true }],
  options: [
    { name: 'force', description: 'replace the file if there is one', default: false },
    { name: 'recipient', description: 'public keys (age1…), apart by commas, for which it is encrypted; else those of PUENTE_BACKUP_RECIPIENTS', default: '' },
    { name: 'unencrypted', description: 'write it in clear although PUENTE_BACKUP_RECIPIENTS is set', default: false },
  ],
  // An instance is backed up as it is, before this version changes it.
  migrated: false,
  async run({ config, database, files, args, options, out, err, json }) {
    const path = args['file'] ?? ''
    const recipients = recipientsOf(options, config.backupRecipients)
    const { missing, ...counts } = await backUp({ database, files }, path, { force: options['force'] === true, recipients, say: err })
    if (json) out(JSON.stringify({ file: path, ...counts, missing, recipients }))
    else out(`Backed up ${inWords(counts)} to ${path}, ${formatNumber(counts.bytes, 'en')} bytes, ${sealedFor(recipients.length)}.`)
    if (recipients.length === 0) err('The backup is not encrypted: whoever can read the file reads everything. See "Backups" in docs/operating.md.')
    for (const sha256 of missing) err(`missing or damaged: ${sha256}`)
    if (missing.length > 0) throw refuse('backup_incomplete', { n: missing.length })
  },
}

const keyCommand: Command = {
  path: ['backup', 'key'],
  summary: 'make a pair of keys for backups; best on another machine than the one that is backed up',
  args: [{ name: 'file', description: 'where the secret key goes, readable to you alone; it must not be there yet', isPath: true }],
  isLocal: true,
  async run({ args, out, err, json }) {
    const path = args['file'] ?? ''
    const recipient = await makeBackupKey(path)
    out(json ? JSON.stringify({ file: path, recipient }) : recipient)
    err(`The secret key is in ${path}. Keep it away from the server, in two places: without it no encrypted backup opens. The line above is its public key.`)
  },
}

const verifyCommand: Command = {
  path: ['backup', 'verify'],
  summary: 'read a backup from beginning to end and compare everything in it with its checksums; needs no instance',
  args: [{ name: 'file', description: 'a file that "backup" made', isPath: true }],
  options: [keyOption],
  isLocal: true,
  async run({ args, options, out, json }) {
    const path = args['file'] ?? ''
    const archive = { path, keys: await keysOf(options) }
    const manifest = await readManifest(archive)
    await checkArchive(archive, manifest)
    const { created, application, missing } = manifest
    const counts = { ...carried(manifest), bytes: (await stat(path)).size }
    if (json) out(JSON.stringify({ file: path, ...counts, created, application, missing, encrypted: archive.keys !== undefined }))
    else out(`${path} is whole: ${inWords(counts)} made by Puente ${application} at ${created}.`)
  },
}

const restoreCommand: Command = {
  path: ['restore'],
  summary: 'fill an empty instance from a backup, made on either kind of database',
  args: [{ name: 'file', description: 'a file that "backup" made', isPath: true }],
  options: [keyOption],
  migrated: false,
  async run({ database, files, args, options, out, err, json }) {
    const path = args['file'] ?? ''
    const keys = await keysOf(options)
    const { missing, migrations, created, application, ...counts } = await restore({ database, files }, path, { say: err, keys })
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

type Options = Record<string, string | boolean>

/** @throws Refusal `usage` when a public key is none */
const recipientsOf = (options: Options, configured: readonly string[]): readonly string[] =>
  options['unencrypted'] === true ? [] : options['recipient'] ? namedRecipients('--recipient', String(options['recipient'])) : configured

const keysOf = async (options: Options) => (options['key'] ? readBackupKeys(String(options['key'])) : undefined)

const sealedFor = (keys: number) => (keys === 0 ? 'not encrypted' : `encrypted for ${keys === 1 ? 'one key' : `${keys} keys`}`)

const inWords = ({ tables, rows, files }: Omit<Carried, 'bytes'>) =>
  `${formatNumber(tables, 'en')} tables with ${formatNumber(rows, 'en')} rows, and ${formatNumber(files, 'en')} files,`

/** The verbs that carry an instance into a file and back. */
export const backupCommands = [backupCommand, keyCommand, verifyCommand, restoreCommand]
