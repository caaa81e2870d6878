import { pino, type DestinationStream, type Logger } from 'pino'

/** One JSON object a line; at a terminal one short line for people. */
export function makeLogger(level: string, isTerminal: boolean): Logger {
  const options = { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label: string) => ({ level: label }) } }
  return isTerminal ? pino(options, forPeople) : pino(options)
}

const forPeople: DestinationStream = {
  write(line) {
    const { level, time, id, method, path, status, ms, queries, msg, ...rest } = JSON.parse(line) as Record<string, unknown>
    const words = method === undefined ? `${String(level)} ${String(msg)} ${Object.keys(rest).length > 0 ? JSON.stringify(rest) : ''} ${String(id ?? '')}` : `${String(method)} ${String(path)} ${String(status)} ${String(ms)} ms ${String(queries)} queries`
    process.stdout.write(`${String(time).slice(11, 19)} ${words}\n`)
  },
}
