export type Options = {
  /** How long each server answers each case, in seconds, warm-up not counted. */
  seconds: number
  /** Called with a line for each step. */
  say: (line: string) => void
}

/** One thing that `npm run bench` measures; listed in `bench/cases/index.ts`. */
export type Benchmark = {
  name: string
  /** What `--only` may name. */
  cases: readonly string[]
  /** Starts what it needs, measures the chosen cases and leaves the clearing up to `atEnd`. */
  run: (chosen: readonly string[], options: Options) => Promise<Row[]>
}

/** What was measured of one server and one case. */
export type Row = {
  case: string
  server: string
  requestsPerSecond: number
  /** Requests per second of the slowest and the fastest turn: how far the figure can be trusted. */
  range: [number, number]
  /** Half of the answers took no longer, in milliseconds. */
  p50: number
  /** 95 of 100 answers took no longer, in milliseconds. */
  p95: number
  /** Requests without an answer, or with one outside 200 to 299. */
  failures: number
  /** Length of the compressed body, in bytes. */
  bytes: number
  /** Requests per second divided by those of each peer, by its name; empty for a peer. */
  ratios: Record<string, number>
}
