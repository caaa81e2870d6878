import type { Logger } from 'pino'
import { jobActor } from '../../../platform/access/actor.ts'
import type { Database } from '../../../platform/db/database.ts'
import { countViews } from '../store/figures.ts'

/** Milliseconds between two times that counts are written: as much is lost when a process is killed. */
const pause = 60_000
/** So many listings are counted in memory; then no new ones until they are written. */
const most = 20_000

/** What was counted and not yet written, of the server on each database: by listing, nothing of who. */
const counted = new WeakMap<Database, Map<string, number>>()

function bufferOf(database: Database): Map<string, number> {
  const there = counted.get(database) ?? new Map<string, number>()
  counted.set(database, there)
  return there
}

/** Counts that a listing was read, in memory. */
export function noteView(database: Database, listing: string): void {
  add(bufferOf(database), listing.toLowerCase(), 1)
}

function add(buffer: Map<string, number>, listing: string, views: number): void {
  if (buffer.has(listing) || buffer.size < most) buffer.set(listing, (buffer.get(listing) ?? 0) + views)
}

/** Writes what was counted since the last time, in one statement; if that fails, it is still counted. */
export async function writeViews(database: Database): Promise<void> {
  const buffer = bufferOf(database)
  const taken = [...buffer]
  if (taken.length === 0) return
  buffer.clear()
  try {
    await database.write(jobActor, (db) =>
      countViews(
        db,
        taken.map(([listing, views]) => ({ listing, views })),
      ),
    )
  } catch (error) {
    for (const [listing, views] of taken) add(buffer, listing, views)
    throw error
  }
}

/** Writes counts every minute, and once more at the end. @returns ends it */
export function beginCounting({ database, logger }: { database: Database; logger: Logger }): () => Promise<void> {
  const write = () => writeViews(database).catch((error: Error) => logger.error({ error: error.message }, 'views of listings could not be written'))
  const timer = setInterval(() => void write(), pause).unref()
  return async () => {
    clearInterval(timer)
    await write()
  }
}
