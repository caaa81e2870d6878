import autocannon from 'autocannon'
import { requestHeaders } from './answer.ts'

/** What one load came to. */
export type Sample = {
  /** In seconds. */
  duration: number
  /** How long each answer took, in milliseconds. */
  times: number[]
  failures: number
}

export type Load = {
  /** For how long, in seconds. */
  seconds: number
  /** How many connections ask at once, each sending its next request when it has its answer. */
  connections?: number
  /** Each request calls the server by another name, so that none gets an answer that was kept. */
  fresh?: boolean
  /** Sent with each request, such as the cookie of somebody signed in. */
  headers?: Record<string, string>
}

/** Asks for some addresses of a server in turn, over and over. */
export function load(base: string, paths: readonly string[], { seconds, connections = 10, fresh = false, headers: more = {} }: Load): Promise<Sample> {
  return new Promise((resolve, reject) => {
    // Autocannon's own histogram counts whole milliseconds and knows no 95th percentile.
    const times: number[] = []
    const began = performance.now()
    const headers = { ...requestHeaders, ...more, ...(fresh && { host: '[<id>].example.org' }) }
    const requests = paths.map((path) => ({ method: 'GET' as const, path, headers }))
    autocannon({ url: base, connections, duration: seconds, sampleInt: 50, requests, idReplacement: fresh }, (error: Error | null, result) => {
      if (error) reject(error)
      else resolve({ duration: (performance.now() - began) / 1000, times, failures: result.errors + result.non2xx })
    }).on('response', (_client, _status, _bytes, time) => void times.push(time))
  })
}

/** Puts the turns of one server together. */
export function poolOf(samples: Sample[]) {
  const times = samples.flatMap((sample) => sample.times).toSorted((a, b) => a - b)
  const rates = samples.map(({ times: each, duration }) => each.length / duration)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  return {
    requestsPerSecond: times.length / samples.reduce((sum, { duration }) => sum + duration, 0),
    range: [Math.min(...rates), Math.max(...rates)] as [number, number],
    p50: at(0.5),
    p95: at(0.95),
    failures: samples.reduce((sum, { failures }) => sum + failures, 0),
  }
}
