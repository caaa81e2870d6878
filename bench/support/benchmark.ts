export type Options = {
  /** How long each server answers each case, in seconds, warm-up not counted. */
  seconds: number
  /** Whether to take the sizes that the design names, which takes its time. */
  large: boolean
  /** How many things there are, where a benchmark can be asked for a size. */
  size?: number | undefined
  /** A folder in which what took long to load stays for the next run. */
  kept?: string | undefined
  /** Called with a line for each step. */
  say: (line: string) => void
}

/** One thing that `npm run bench` measures; listed in `bench/cases/index.ts`. */
export type Benchmark = {
  name: string
  /** What `--only` may name. */
  cases: readonly string[]
  /** Starts what it needs, measures the chosen cases and leaves the clearing up to `atEnd`. */
  run: (chosen: readonly string[], options: Options) => Promise<Result>
}

export type Result = {
  /** As Markdown, to be printed one after the other. */
  tables: string[]
  /** The same as figures, for `--json`. */
  rows: object[]
  /** Requests without an answer, or with one outside 200 to 299. */
  failures: number
}
