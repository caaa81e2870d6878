import { AsyncLocalStorage } from 'node:async_hooks'

type RequestCount = { queries: number }

const current = new AsyncLocalStorage<RequestCount>()

/** Runs the handling of one request so that its database queries can be counted. */
export const countingQueries = <T>(count: RequestCount, run: () => T): T => current.run(count, run)

/** Called for each query sent to the database. */
export function countQuery(): void {
  const count = current.getStore()
  if (count) count.queries++
}
