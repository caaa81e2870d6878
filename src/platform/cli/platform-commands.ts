import { backupCommands } from '../backup/commands.ts'
import { refuse } from '../errors.ts'
import { migrate, pendingMigrations } from '../db/migrate.ts'
import { logCheckpoint, logVerify } from '../log/commands.ts'
import { mailTest, outbox } from '../mail/commands.ts'
import type { Command } from './command.ts'
import { examine } from './doctor.ts'

const migrateCommand: Command = {
  path: ['migrate'],
  summary: 'bring the database up to this version',
  args: [],
  migrated: false,
  async run({ database, out, json }) {
    const ran = await migrate(database)
    if (json) out(JSON.stringify({ ran }))
    else out(ran.length === 0 ? 'The database is up to date.' : `Ran ${ran.join(', ')}.`)
  },
}

const doctor: Command = {
  path: ['doctor'],
  summary: 'look whether all is well: runtime, disk, database, migrations, row security, files',
  args: [],
  migrated: false,
  async run({ database, files, config, out, json }) {
    const checks = await examine(database, config, files, await pendingMigrations(database))
    if (json) out(JSON.stringify(checks))
    else for (const { name, ok, detail } of checks) out(`${ok ? 'ok  ' : 'BAD '} ${name}: ${detail}`)
    const bad = checks.filter(({ ok }) => !ok).length
    if (bad > 0) throw refuse('check_failed', { n: bad })
  },
}

/** The verbs of the platform itself. */
export const platformCommands = [migrateCommand, logVerify, logCheckpoint, outbox, mailTest, doctor, ...backupCommands]
