import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { operator, thePublic } from './access/actor.ts'
import { grantsOf, makeSpace } from './access/spaces.ts'
import type { Database, WriteScope } from './db/database.ts'
import { logAct } from './log/log.ts'

/** The space that only a demonstration has. Its entries in the log are the mark: nobody can change or delete them, and a backup takes them along. */
const demoSpace = '00000000-0000-7000-8000-0000000000de'

/** The file that marks a data folder as a demonstration's, from before anything else is in it. */
export const demoFile = 'demonstration'

/** Whether a data folder is a demonstration's, finished or not. */
export const isDemoFolder = (data: string): boolean => existsSync(join(data, demoFile))

export type DemoMark = 'none' | 'begun' | 'built'

/** Whether a database holds a demonstration, whose dealings are invented, and whether it was built to its end. */
export async function readDemoMark(database: Database): Promise<DemoMark> {
  const { rows } = await database.read(thePublic, (db) =>
    sql<{ verb: string }>`select verb from app.log_entry where space_id = ${demoSpace} order by -position limit 1`.execute(db),
  )
  if (rows[0] === undefined) return 'none'
  return rows[0].verb === 'demo.built' ? 'built' : 'begun'
}

/** Marks a database as one that holds a demonstration, for good. */
export async function beginDemo(database: Database): Promise<void> {
  await database.write(operator, async (db) => {
    await makeSpace(db, demoSpace, 'demo', [...grantsOf('public', 'read'), ...grantsOf('system:operator', 'write')])
    await logMark(db, 'demo.begun')
  })
}

/** Marks a demonstration as built to its end. */
export const endDemo = (database: Database): Promise<void> => database.write(operator, (db) => logMark(db, 'demo.built'))

async function logMark(db: WriteScope, verb: 'demo.begun' | 'demo.built'): Promise<void> {
  await logAct(db, { chain: 'network', spaceId: demoSpace, verb, object: { kind: 'demo' }, payload: {} })
}
