import { z } from 'zod'
import { typedLine, typedName } from '../../../platform/text/typed.ts'

const key = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .describe('Lower-case letters, digits and single hyphens; it stands in addresses and never changes')
  .meta({ example: 'south' })
const name = typedName().min(1).max(200)
const email = typedLine().max(254).pipe(z.email()).describe('Mail address of whoever is to administer it')

/** A new network: named in every language, since every page of the instance may show it in its own. */
export const networkInput = z.object({ key, name: z.object({ en: name, es: name, zh: name, vi: name }), administrator: email })
/** Other names for a network; languages that are left out keep theirs. */
export const networkRenaming = z.object({ key, name: z.object({ en: name, es: name, zh: name, vi: name }).partial() })
export const administratorInput = z.object({ key, administrator: email })
