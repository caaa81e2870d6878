import { mkdirSync } from 'node:fs'
import type { Config } from '../config.ts'
import { lockHolder } from '../db/lock.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { asRefusal } from '../http/refusals.tsx'
import { FileStore } from '../files/files.ts'
import { platformTexts } from '../i18n/index.ts'
import { preferredLanguage, type Language } from '../i18n/languages.ts'
import type { Command, CommandContext } from './command.ts'
import { callServer } from './socket.ts'

export type Call = Pick<CommandContext, 'args' | 'options' | 'json'> & { path: readonly string[] }
export type Terminal = Pick<CommandContext, 'out' | 'err'>

/**
 * Runs a command: here if it needs no instance, in the server if one holds the embedded database, else here on a database opened for it.
 *
 * @returns the exit code
 */
export async function runCommand(config: Config, command: Command, call: Call, terminal: Terminal): Promise<number> {
  if (command.isLocal) return ended(command.run({ ...call, ...terminal, config }), terminal)
  if (!config.postgres && lockHolder(config.data) !== undefined) return callServer(config.data, call, terminal)
  mkdirSync(config.data, { recursive: true, mode: 0o700 })
  const database = await openDatabase(config)
  try {
    if (command.migrated !== false) await migrate(database)
    return await execute(command, { ...call, ...terminal, config, database, files: new FileStore(config.data) })
  } finally {
    await database.close()
  }
}

/** Runs a command on an open database; a refusal becomes its sentence and its exit code. */
export async function execute(command: Command, context: CommandContext): Promise<number> {
  return ended(command.run(context), context)
}

async function ended(run: Promise<void>, terminal: Terminal): Promise<number> {
  try {
    await run
    return 0
  } catch (error) {
    return report(error, terminal)
  }
}

/** Says a refusal, or a fault with all that is known of it, and gives the exit code. */
export function report(error: unknown, terminal: Pick<Terminal, 'err'>): number {
  const refusal = asRefusal(error)
  terminal.err(platformTexts[terminalLanguage()](`refusal.${refusal.code}`, refusal.params))
  if (refusal.code === 'internal') terminal.err(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return refusal.exit
}

/** The language of whoever sits at the terminal, as `LC_ALL`, `LC_MESSAGES` or `LANG` say. */
export function terminalLanguage(env: NodeJS.ProcessEnv = process.env): Language {
  return preferredLanguage((env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '').split(/[._]/)[0])
}
