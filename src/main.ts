import { constants } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { demo, readDemoConfig } from './demo/index.ts'
import { evaluateCommand } from './evaluation/command.ts'
import { modules } from './modules.ts'
import { platformCommands } from './platform/cli/platform-commands.ts'
import { buildProgram, isUsage } from './platform/cli/program.ts'
import { report, runCommand } from './platform/cli/run.ts'
import { readConfig, type Config } from './platform/config.ts'
import { serve, type Demo } from './serve.ts'
import { describeApi } from './web.ts'

const commands = [...platformCommands, evaluateCommand, ...modules.flatMap((module) => module.commands)]

const terminal = {
  out: (line: string) => void process.stdout.write(`${line}\n`),
  err: (line: string) => void process.stderr.write(`${line}\n`),
}

// Whoever reads our output may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

/** The command line. @returns the exit code */
export async function main(argv: string[]): Promise<number> {
  let exit = 0
  const program = buildProgram(
    {
      commands,
      run: async (command, call) => {
        exit = await runCommand(readConfig(process.env), command, call, terminal)
      },
      serve: () => serveUntilSignal(readConfig(process.env)),
      demo: () => serveUntilSignal(readDemoConfig(process.env), demo),
      openapi: () => terminal.out(JSON.stringify(describeApi(), null, 2)),
    },
    (text) => void process.stdout.write(text),
  )
  try {
    if (argv.length === 0) {
      program.outputHelp()
      return 2
    }
    await program.parseAsync(argv, { from: 'user' })
    return exit
  } catch (error) {
    if (isUsage(error)) return error.exitCode === 0 ? 0 : 2
    return report(error, terminal)
  }
}

/** Serves until Ctrl-C or SIGTERM; a second signal does not wait for requests in flight, nor does one that comes before there can be any. */
async function serveUntilSignal(config: Config, asDemo?: Demo): Promise<void> {
  let isListening = false
  const asked = new Promise<void>((resolve) => {
    const end = (signal: 'SIGINT' | 'SIGTERM') => {
      if (!isListening) process.exit(128 + constants.signals[signal])
      process.once('SIGINT', () => process.exit(1)).once('SIGTERM', () => process.exit(1))
      terminal.err(`${signal}: ending requests in flight …`)
      resolve()
    }
    process.once('SIGINT', () => end('SIGINT')).once('SIGTERM', () => end('SIGTERM'))
  })
  const listening = () => {
    isListening = true
    // The heap is looked through when it has grown by 30 % instead of by as much again: a quarter less memory under requests. Not before: loading makes much that stays.
    setFlagsFromString('--heap-growing-percent=30')
  }
  const running = await serve(config, commands, terminal.err, { demo: asDemo, listening })
  await Promise.race([asked, orphaned().then(() => terminal.err('The process that started this one is gone: ending requests in flight …'))])
  await running.stop()
  terminal.err('Stopped.')
}

/** A shell between npm and us passes no signal on: when npm is ended, we find ourselves with another parent. */
function orphaned(): Promise<void> {
  return new Promise((resolve) => {
    if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') return
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(watch)
      resolve()
    }, 500).unref()
  })
}
