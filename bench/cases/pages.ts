import { setTimeout as wait } from 'node:timers/promises'
import { fetchAnswer, type Answer } from '../support/answer.ts'
import type { Benchmark, Options } from '../support/benchmark.ts'
import { load, poolOf, type Sample } from '../support/load.ts'
import { startPeers } from '../support/peers.ts'
import { startPuente } from '../support/puente.ts'
import type { Listening } from '../support/processes.ts'
import { markdownTable, percent, whole } from '../support/table.ts'

/** Each server answers a case in this many turns, so that what else the machine does falls on all of them. */
const turns = 3
/** How long each server is warmed up for each case, in seconds. */
const warmUp = 1
/** How long the machine rests between two loads, in milliseconds: requests cut off by the end of one are still being answered. */
const rest = 150

/** What was measured of one server and one case. */
type Row = {
  case: string
  server: string
  /** Requests per second when each answer has to be made, because nobody asked the same before; undefined for a peer. */
  made?: number | undefined
  requestsPerSecond: number
  /** Requests per second of the slowest and the fastest turn: how far the figure can be trusted. */
  range: [number, number]
  /** Half of the answers took no longer, in milliseconds. */
  p50: number
  /** 95 of 100 answers took no longer, in milliseconds. */
  p95: number
  failures: number
  /** Length of the compressed body, in bytes. */
  bytes: number
  /** Requests per second divided by those of each peer, by its name; empty for a peer. */
  ratios: Record<string, number>
}

const paths: Record<string, string> = {
  home: '/',
  list: '/organizations',
  entry: '/organizations/cigb',
  search: '/search?q=vaccine',
  source: '/sources/w001',
  dispute: '/disputes/k-007',
  disputes: '/disputes',
  history: '/organizations/cigb/history',
  venture: '/ventures/v-bpl',
  map: '/map',
  timeline: '/timeline',
  network: '/network',
  charts: '/flows/charts',
  matrix: '/products/matrix',
  ladder: '/agreements/ladder',
  api: '/api/v1/record/organizations',
}

/** Pages and data that are read most, on both engines, beside servers that answer the same bytes without looking anything up. */
export const pages: Benchmark = {
  name: 'pages',
  cases: Object.keys(paths),
  run: async (chosen, options) => {
    const puente = await startPuente(options.say)
    const answers = await Promise.all(chosen.map((name) => fetchAnswer(first(puente).url, paths[name] ?? '/')))
    const peers = await startPeers(answers)
    const rows: Row[] = []
    for (const [index, name] of chosen.entries()) {
      options.say(`Measuring ${name} …`)
      rows.push(...(await measure(name, answers[index]?.path ?? '/', peers, puente, options)))
    }
    return { tables: [tableOf(rows)], rows, failures: rows.reduce((sum, row) => sum + row.failures, 0) }
  },
}

async function measure(name: string, path: string, peers: Listening[], puente: Listening[], { seconds }: Options): Promise<Row[]> {
  const servers = [...peers, ...puente]
  const answers: Answer[] = []
  for (const { url } of servers) {
    answers.push(await fetchAnswer(url, path))
    await load(url, [path], { seconds: warmUp })
    await wait(rest)
  }
  const samples = servers.map((): Sample[] => [])
  for (let turn = 0; turn < turns; turn++) {
    // There and back, so that no server always follows the same other.
    const order = turn % 2 === 0 ? [...servers.keys()] : [...servers.keys()].toReversed()
    for (const index of order) {
      samples[index]?.push(await load(servers[index]?.url ?? '', [path], { seconds: seconds / turns }))
      await wait(rest)
    }
  }
  const made: (number | undefined)[] = peers.map(() => undefined)
  for (const { url } of puente) {
    made.push(poolOf([await load(url, [path], { seconds: seconds / turns, fresh: true })]).requestsPerSecond)
    await wait(rest)
  }
  const measured = samples.map(poolOf)
  return measured.map((each, index) => ({
    case: name,
    server: servers[index]?.name ?? '',
    made: made[index],
    ...each,
    bytes: answers[index]?.gzipped ?? 0,
    ratios:
      index < peers.length ? {} : Object.fromEntries(peers.map((peer, at) => [peer.name, each.requestsPerSecond / (measured[at]?.requestsPerSecond ?? 0)])),
  }))
}

function tableOf(rows: Row[]): string {
  const peers = [...new Set(rows.flatMap(({ ratios }) => Object.keys(ratios)))]
  const head = [
    'case',
    'server',
    'requests/s',
    'slowest–fastest turn',
    'p50 ms',
    'p95 ms',
    ...peers.map((peer) => `of ${peer}`),
    'made/s',
    'failed',
    'bytes gzip',
  ]
  const lines = rows.map((row) => [
    row.case,
    row.server,
    whole(row.requestsPerSecond),
    row.range.map(whole).join('–'),
    row.p50.toFixed(1),
    row.p95.toFixed(1),
    ...peers.map((peer) => (row.ratios[peer] === undefined ? '' : percent(row.ratios[peer]))),
    row.made === undefined ? '' : whole(row.made),
    String(row.failures),
    String(row.bytes),
  ])
  return markdownTable(head, lines, 2)
}

function first(servers: Listening[]): Listening {
  const [server] = servers
  if (!server) throw new Error('no server was started')
  return server
}
