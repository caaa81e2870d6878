import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import type { FileStore } from '../files/files.ts'

export type CommandContext = {
  config: Config
  database: Database
  files: FileStore
  args: Record<string, string>
  options: Record<string, string | boolean>
  /** `--json`: the answer is for a program. */
  json: boolean
  /** A line of the answer. */
  out: (line: string) => void
  /** A line about the work: progress, warnings. */
  err: (line: string) => void
}

/** What a verb has that needs no instance. */
export type LocalContext = Omit<CommandContext, 'database' | 'files'>

/**
 * A verb of the command line. Most need the database, so with the embedded one they run in the server while a server runs; those that need none run where
 * they are typed, on any machine.
 */
export type Command = Verb &
  ({ isLocal?: false; run: (context: CommandContext) => Promise<void> } | { isLocal: true; run: (context: LocalContext) => Promise<void> })

type Verb = {
  /** Its words, such as `['import', 'record']`. */
  path: readonly string[]
  summary: string
  /** All are required; a path is made absolute before it travels to the server. */
  args: readonly { name: string; description: string; isPath?: boolean }[]
  /** With a text as its default an option takes a value; with `false` it is a switch. */
  options?: readonly { name: string; description: string; default: string | false; isPath?: boolean }[]
  /** The database must be as new as this program; `false` for the verbs that see to that. */
  migrated?: boolean
}
