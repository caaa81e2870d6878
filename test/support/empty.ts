import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { loginName, ownerName } from './postgres.ts'
import type { EngineName } from './world.ts'

/** The environment of a process that shall work on an instance with nothing in it: an empty data folder and, on PostgreSQL, an empty database. */
export async function emptyEnvironment(engine: EngineName): Promise<{ env: Record<string, string>; data: string; drop: () => Promise<void> }> {
  const data = mkdtempSync(join(tmpdir(), 'puente-empty-'))
  const env: Record<string, string> = { PUENTE_DATA: data }
  const remove = () => rmSync(data, { recursive: true, force: true })
  if (engine === 'embedded') return { env, data, drop: async () => remove() }
  const name = `puente_${randomUUID().replaceAll('-', '')}`
  await administer(`create database ${name} owner ${ownerName}`)
  return {
    env: { ...env, DATABASE_URL: url(loginName, name), DATABASE_OWNER_URL: url(ownerName, name) },
    data,
    drop: async () => {
      await administer(`drop database ${name} with (force)`)
      remove()
    },
  }
}

const url = (user: string, database: string) => `postgres://${user}@/${database}?host=${encodeURIComponent(inject('templates').postgres)}`

async function administer(statement: string) {
  const client = new pg.Client(url('postgres', 'postgres'))
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
