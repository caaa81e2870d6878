import { resolve } from 'node:path'
import { Command as Program, CommanderError } from 'commander'
import type { Command } from './command.ts'
import type { Call } from './run.ts'

export type Verbs = {
  commands: readonly Command[]
  run: (command: Command, call: Call) => Promise<void>
  serve: () => Promise<void>
  demo: () => Promise<void>
  openapi: () => void
}

/** The command line with its help, made from the commands that the modules hand in. */
export function buildProgram(verbs: Verbs, write: (text: string) => void): Program {
  const program = new Program('puente')
    .description('The operating platform of an international biotechnology cooperation network.')
    .configureOutput({ writeOut: write, writeErr: (text) => void process.stderr.write(text) })
    .helpCommand(false)
    // A verb with verbs below it, such as `backup`, leaves them their options.
    .enablePositionalOptions()
    .exitOverride()
  program.command('serve').description('start the server').action(verbs.serve)
  program.command('demo').description('start a demonstration with invented members, on a data folder of its own').action(verbs.demo)
  for (const command of verbs.commands) add(program, command, verbs.run)
  program.command('openapi').description('print the contract of the API, OpenAPI 3.1').action(verbs.openapi)
  program.addHelpText(
    'after',
    '\nSettings are environment variables; docs/operating.md lists them.\nExit codes: 0 done, 1 a fault, 2 wrong call or configuration, 3 wrong input, 4 not available, 5 a check failed.',
  )
  for (const each of [program, ...program.commands]) each.exitOverride()
  return program
}

function add(program: Program, command: Command, run: Verbs['run']) {
  const [last] = command.path.slice(-1)
  const parent = command.path
    .slice(0, -1)
    .reduce((above, word) => above.commands.find((each) => each.name() === word) ?? above.command(word).description(`${word} …`).exitOverride(), program)
  const verb = parent
    .command(last ?? '')
    .description(command.summary)
    .option('--json', 'answer in JSON')
    .exitOverride()
  for (const { name, description } of command.args) verb.argument(`<${name}>`, description)
  for (const option of command.options ?? [])
    verb.option(
      option.default === false ? `--${option.name}` : `--${option.name} <value>`,
      option.description,
      option.default === '' ? undefined : option.default,
    )
  verb.action(async () => {
    const args = Object.fromEntries(command.args.map(({ name, isPath }, index) => [name, isPath ? resolve(verb.args[index] ?? '') : (verb.args[index] ?? '')]))
    const { json, ...given } = verb.opts<Record<string, string | boolean>>()
    await run(command, { path: command.path, args, options: optionsOf(command, given), json: json === true })
  })
}

/** A path is made absolute here: the server that runs the command is somewhere else. */
function optionsOf(command: Command, given: Record<string, string | boolean>): Record<string, string | boolean> {
  const entries = (command.options ?? []).map(({ name, default: fallback, isPath }) => {
    // The library calls `--dry-run` dryRun.
    const value = given[name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())] ?? fallback
    return [name, isPath && typeof value === 'string' && value !== '' ? resolve(value) : value]
  })
  return Object.fromEntries(entries) as Record<string, string | boolean>
}

/** Whether an error is commander's way of ending: it has said what there is to say. */
export const isUsage = (error: unknown): error is CommanderError => error instanceof CommanderError
