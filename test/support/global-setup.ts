import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { build } from '../../scripts/build.mjs'
// Also hands in what knows the concepts.
import '../../src/modules.ts'
import { loadDerived } from '../../src/modules/exchange/index.ts'
import { rebuildMatches } from '../../src/modules/matching/index.ts'
import { importRecord } from '../../src/modules/record/index.ts'
import { loadBuiltIn } from '../../src/modules/vocabulary/index.ts'
import { importer } from '../../src/platform/access/actor.ts'
import { Database } from '../../src/platform/db/database.ts'
import { openEmbedded } from '../../src/platform/db/embedded.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openPostgres } from '../../src/platform/db/postgres.ts'
import { FileStore } from '../../src/platform/files/files.ts'
import { root } from '../../src/platform/root.ts'
import { renewSearch } from '../../src/platform/search/renew.ts'
import { moveToMemory } from './memory.ts'
import { loginName, ownerName, startPostgres } from './postgres.ts'
import { vocabularySample } from './vocabulary-sample.ts'

export type Templates = {
  /** A data folder with the record and a few concepts loaded, to be copied. */
  embedded: string
  /** The socket folder of the PostgreSQL server. */
  postgres: string
}

declare module 'vitest' {
  interface ProvidedContext {
    templates: Templates
  }
}

/** Builds once, and makes on each engine one database with the record loaded; every test file works on a copy. */
export default async function setup(project: TestProject) {
  const memory = moveToMemory()
  await build()
  const directory = mkdtempSync(join(tmpdir(), 'puente-test-'))
  const embedded = join(directory, 'template')
  await load(new Database(await openEmbedded(embedded)), embedded)

  const server = await startPostgres()
  await server.admin(`create database puente_template owner ${ownerName}`)
  const files = join(directory, 'postgres-files')
  await load(new Database(await openPostgres({ url: server.url(loginName, 'puente_template'), ownerUrl: server.url(ownerName, 'puente_template') })), files)
  cpSync(join(files, 'files'), join(embedded, 'files'), { recursive: true })

  project.provide('templates', { embedded, postgres: server.directory })
  return async () => {
    await server.stop()
    rmSync(memory ?? directory, { recursive: true, force: true })
  }
}

async function load(database: Database, data: string) {
  await migrate(database)
  const { issues } = await importRecord({ database, files: new FileStore(data) }, importer, join(root, 'seeds', 'record'))
  const vocabulary = await loadBuiltIn(database, importer, vocabularySample)
  await renewSearch(database, new AbortController().signal)
  const listings = await loadDerived(database, importer, join(root, 'seeds', 'exchange', 'listings.csv'))
  await rebuildMatches(database)
  await database.close()
  if (listings.issues.length > 0) throw new Error(`seeds/exchange does not load: ${JSON.stringify(listings.issues[0])}`)
  if (vocabulary.issues.length + vocabulary.problems.length > 0) throw new Error(`test/vocabulary/sample does not load: ${JSON.stringify(vocabulary)}`)
  if (issues.length > 0) throw new Error(`seeds/record does not load: ${JSON.stringify(issues[0])}`)
}
