import type { Config } from '../config.ts'
import { countQuery } from '../http/request-scope.ts'
import { Database } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { openPostgres } from './postgres.ts'

/** Opens the database that the configuration names. It may still lack migrations. */
export async function openDatabase(config: Config): Promise<Database> {
  return new Database(config.postgres ? await openPostgres(config.postgres) : await openEmbedded(config.data), countQuery)
}
