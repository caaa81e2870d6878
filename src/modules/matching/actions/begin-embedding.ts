import type { Logger } from 'pino'
import { jobActor } from '../../../platform/access/actor.ts'
import type { Config } from '../../../platform/config.ts'
import type { Database } from '../../../platform/db/database.ts'
import { newestJob, queueJob, queueOnce } from '../../../platform/jobs/store.ts'
import { endModel, readModel, readUnread } from '../store/embeddings.ts'

/** Milliseconds between two looks at whether something is left to be read. */
const pause = 3_600_000

/**
 * Has done what the settings ask for: with a service, what is left to be read by its model; without one, the model that held before ends, and so does what it says in
 * lists of counterparts.
 */
export async function settleEmbeddings(database: Database, { embeddings }: Pick<Config, 'embeddings'>): Promise<void> {
  await database.write(jobActor, async (db) => {
    const model = await readModel(db)
    if (embeddings) {
      if (model?.name !== embeddings.model || (await readUnread(db, 1)).length > 0) await queueOnce(db, 'matching.embed')
    } else if (model && (await endModel(db))) await queueJob(db, { kind: 'matching.rebuild', input: {} })
  })
}

/** Forgets what was read, and has all read anew. */
export async function renewEmbeddings(database: Database, config: Pick<Config, 'embeddings'>): Promise<void> {
  await database.write(jobActor, endModel)
  await settleEmbeddings(database, config)
}

/** Looks at the start of a server and every hour, and tells the operator what is in the way. @returns ends it */
export function beginEmbedding({ config, database, logger }: { config: Config; database: Database; logger: Logger }): () => Promise<void> {
  const look = async () => {
    const last = await database.read(jobActor, (db) => newestJob(db, 'matching.embed'))
    if (config.embeddings && last?.error)
      logger.warn({ reason: last.error, model: config.embeddings.model }, 'embeddings: not all listings are read by the model')
    await settleEmbeddings(database, config)
  }
  const guarded = () => look().catch((error: Error) => logger.error({ error: error.message }, 'embeddings: it could not be seen what is left to do'))
  let looking = guarded()
  const timer = setInterval(() => void (looking = guarded()), pause).unref()
  return async () => {
    clearInterval(timer)
    await looking
  }
}
