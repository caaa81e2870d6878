import { pino, type DestinationStream, type Logger } from 'pino'

/** One JSON object a line; at a terminal one short line for people. */
export function makeLogger(level: string, isTerminal: boolean): Logger {
  const options = { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label: string) => ({ level: label }) } }
  return isTerminal ? pino(options, forPeople) : pino(options)
}

type Line = { time: string; level: string; msg: string; method?: string; path?: string; status?: number; ms?: number; queries?: number; error?: string }

const forPeople: DestinationStream = {
  write(text) {
    const line = JSON.parse(text) as Line
    const words =
      line.method === undefined
        ? `${line.level} ${line.msg} ${line.error ?? ''}`
        : `${line.method} ${line.path} ${line.status} ${line.ms} ms ${line.queries} queries`
    process.stdout.write(`${line.time.slice(11, 19)} ${words}\n`)
  },
}
