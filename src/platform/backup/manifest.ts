import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Migration } from '../db/migrate.ts'
import { refuse } from '../errors.ts'
import { root } from '../root.ts'

/** The form of backups that this version writes; it reads all up to this one. */
const format = 1
const kind = 'puente-backup'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const name = z.string().min(1)
const count = z.int().min(0)

const shape = z.object({
  kind: z.literal(kind),
  format: z.int().max(format),
  application: z.string(),
  created: z.iso.datetime(),
  migrations: z.array(z.object({ name, checksum: z.string() })).min(1),
  tables: z.array(z.object({ schema: name, name, columns: z.array(z.object({ name, type: name })), rows: count, bytes: count, sha256 })),
  sequences: z.array(z.object({ schema: name, name, value: z.string().regex(/^-?\d+$/), used: z.boolean() })),
  files: z.array(z.object({ sha256, bytes: count })),
  missing: z.array(sha256),
})

/**
 * What a backup says of itself, in `manifest.json`, the first file of the archive. Then follow `tables/<schema>.<table>.ndjson` and `files/<sha256>`, in the
 * order in which they stand here. `missing` are files that the database names and that were not there, or not whole, when the backup was made.
 */
export type Manifest = z.output<typeof shape>

export const manifestName = 'manifest.json'

/** The manifest of a backup that is being made. */
export function makeManifest(parts: Omit<Manifest, 'kind' | 'format' | 'application'>): Manifest {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  return { kind, format, application: version, ...parts }
}

/**
 * Reads a manifest.
 *
 * @param path of the backup, for the sentence of a refusal
 * @throws Refusal `backup_unknown`, `backup_newer`, `backup_damaged`
 */
export function parseManifest(path: string, text: string): Manifest {
  const head = z.object({ kind: z.literal(kind), format: z.int(), application: z.string() }).safeParse(parseJson(text))
  if (!head.success) throw refuse('backup_unknown', { path })
  if (head.data.format > format) throw refuse('backup_newer', { path, version: head.data.application })
  const whole = shape.safeParse(parseJson(text))
  if (!whole.success) throw refuse('backup_damaged', { path, reason: manifestName })
  return whole.data
}

/**
 * Sees to it that this version can read a backup: its migrations must be the first of ours.
 *
 * @throws Refusal `backup_unfit`, naming the migrations that we lack or have otherwise
 */
export function refuseOtherMigrations(path: string, manifest: Manifest, ours: readonly Migration[]) {
  const other = manifest.migrations.filter((theirs, index) => ours[index]?.name !== theirs.name || ours[index]?.checksum !== theirs.checksum)
  if (other.length > 0) throw refuse('backup_unfit', { path, version: manifest.application, names: other.map((each) => each.name).join(', ') })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
