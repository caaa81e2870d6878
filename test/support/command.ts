import { matchingCommands } from '../../src/modules/matching/commands/index.ts'
import { membersCommands } from '../../src/modules/members/commands/index.ts'
import { vocabularyCommands } from '../../src/modules/vocabulary/commands/index.ts'
import { recordCommands } from '../../src/modules/record/commands/index.ts'
import { execute } from '../../src/platform/cli/run.ts'
import type { World } from './world.ts'

export type Said = { code: number; out: string[]; err: string[] }

/** Runs a command of a module in a world, its arguments in their order. */
export async function command(world: World, path: string, args: string[], options: Record<string, string | boolean> = {}): Promise<Said> {
  const found = [...recordCommands, ...membersCommands, ...vocabularyCommands, ...matchingCommands].find((each) => each.path.join(' ') === path)
  if (found === undefined) throw new Error(`there is no command ${path}`)
  const said: Said = { code: 0, out: [], err: [] }
  const given = Object.fromEntries(found.args.map(({ name }, index) => [name, args[index] ?? '']))
  const defaults = Object.fromEntries((found.options ?? []).map(({ name, default: value }) => [name, value]))
  said.code = await execute(found, {
    ...world,
    args: given,
    options: { ...defaults, ...options },
    json: options['json'] === true,
    out: (line) => void said.out.push(line),
    err: (line) => void said.err.push(line),
  })
  return said
}
