import { afterAll, beforeAll, expect, test } from 'vitest'
import { platformCommands } from '../src/platform/cli/platform-commands.ts'
import { modules } from '../src/modules.ts'
import { makeApiKey } from './support/api-keys.ts'
import { expectApproved } from './support/approved.ts'
import { callsOf, openSocket } from './support/command-rights.ts'
import { openCall } from './support/calls.ts'
import { makeSomebody } from './support/persons.ts'
import { makeWorld, sql, type World } from './support/world.ts'

const commands = [...platformCommands, ...modules.flatMap((module) => module.commands)].toSorted((a, b) => (a.path.join(' ') < b.path.join(' ') ? -1 : 1))

const legend = [
  '# Who reaches what by the command line: every command, called over the socket of a running server, from the same state, and taken back. Written by',
  '# test/command-rights.test.ts (APPROVE=1); each change of a line is a change of access. The socket is for whoever owns the data folder alone (test/command-socket.test.ts).',
  '#',
  '# exit     its exit code',
  '# instead  its exit code where every part of the system asks as the public: what the database holds against, and what the socket alone does',
  '# as       as whom it asked the database. What "importer" and "operator" may there, with each table and function, are the columns impt and oper of permissions.txt,',
  '#          "accounts of others" are those of the schema auth; "owner" is bound by nothing (test/architecture.test.ts lists the files)',
  '# left     what it left in the log, and as whom; restore is refused here, since the instance is not empty (test/backup.test.ts has it done)',
]

let world: World
let known: Parameters<typeof callsOf>[0]
beforeAll(async () => {
  // The embedded engine alone: with a PostgreSQL server there is no socket, and each command opens the database with what its environment names.
  world = await makeWorld('embedded', { PUENTE_PROXIES: '1' })
  const ana = await makeSomebody(world, 'Ana Ejemplo', ['administrator', 'secretariat'])
  const { id } = await makeApiKey(world, ana, {})
  await world.post('/en/corrections', { id: crypto.randomUUID(), claim: 'It opened in 1986.' })
  const [network] = await world.rows(sql<{ id: string }>`select id from members.network`)
  await openCall(ana, { network: network?.id ?? '' })
  known = { email: `${ana.id}@example.org`, key: id }
})
afterAll(() => world.close())

test('every command against the approved list, and none without a row', { timeout: 300_000 }, async () => {
  const lines: string[] = []
  const socket = await openSocket(world, commands)
  for (const command of commands) {
    const path = command.path.join(' ')
    // Anew for each call: what writes a file wants none there.
    const [call, again] = [callsOf(known)[path], callsOf(known)[path]]
    if (!call || !again) throw new Error(`${path} has no row in the list of commands: say in callsOf in test/support/command-rights.ts how it is called`)
    const done = await socket.call(path, call)
    const degraded = await socket.call(path, again, true)
    if (done.exit === 1) throw new Error(`${path} ends in a fault: ${done.said}`)
    const as = command.isLocal ? 'nobody: it needs no instance' : done.acts.join(', ') || 'nobody'
    lines.push(
      `${path.padEnd(22)} ${String(done.exit).padEnd(5)} ${String(degraded.exit).padEnd(8)} ${as.padEnd(58)} ${done.verbs.join(', ') || '-'}`.trimEnd(),
    )
  }
  await socket.close()
  const head = `${''.padEnd(22)} exit  instead  ${'as'.padEnd(58)} left`
  expectApproved('commands.txt', `${[...legend, '', head, ...lines].join('\n')}\n`)
  expect(Object.keys(callsOf(known)).filter((path) => !commands.some((command) => command.path.join(' ') === path))).toEqual([])
})
