import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { root } from '../../src/platform/root.ts'
import { defOf } from './hostile.ts'

export type Named = { name: string; schema: z.ZodType }

const folders = ['src/modules', 'src/platform/mail', 'src/platform/log', 'src/platform/access']

/** Every schema that a module or the platform exports, by file and name. */
export async function exportedSchemas(): Promise<Named[]> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/\.test\.|\.d\.ts$|\/text\//.test(file))
      .map((file) => join(folder, file)),
  )
  const found: Named[] = []
  for (const file of files.toSorted()) {
    const all = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>
    for (const [name, value] of Object.entries(all)) {
      if (value instanceof z.ZodType && !found.some(({ schema }) => schema === value)) found.push({ name: `${file}: ${name}`, schema: value })
    }
  }
  return found
}

/** The fields of all objects among schemas, by what they are called. */
export function fieldsByName(schemas: readonly Named[]): Map<string, z.ZodType[]> {
  const fields = new Map<string, z.ZodType[]>()
  for (const { schema } of schemas)
    for (const [name, field] of Object.entries(defOf(schema).shape ?? {})) fields.set(name, [...(fields.get(name) ?? []), field])
  return fields
}
