import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { root } from '../src/platform/root.ts'
import { until } from './support/jobs.ts'
import { puente, startServer } from './support/process.ts'
import { everything } from './support/share.ts'
import { engineNames, freshEnvironment } from './support/world.ts'

const kills = everything ? 20 : 5

describe.each(engineNames)('the server is killed %s', (engine) => {
  test(`${kills} times while it imports; no row that it acknowledged is lost, none is half there`, { timeout: 600_000 }, async () => {
    const { env, drop } = await freshEnvironment(engine)
    const folder = mkdtempSync(join(tmpdir(), 'puente-kill-'))
    cpSync(join(root, 'seeds', 'record'), folder, { recursive: true })
    const acknowledged: string[] = []
    let written = 0

    for (let kill = 0; kill < kills; kill++) {
      const server = await startServer(env)
      const death = new AbortController()
      const importing = (async () => {
        // Once the server is gone, the command would do the work itself.
        while (!death.signal.aborted) {
          const id = `example-${++written}`
          appendFileSync(join(folder, 'organizations.csv'), `${id},institute,CU,havana,Example Institute ${written},,,,,,,,w001\n`)
          // Embedded, the import runs in the server; on PostgreSQL in a process of its own, which dies with it.
          const { code } = await puente(['import', 'record', folder, '--json'], env, engine === 'postgres' ? death.signal : undefined)
          if (code === 0) acknowledged.push(id)
        }
      })()
      // On a slow machine none would have come through before the last kill.
      if (kill === 0) await until('one is acknowledged', () => acknowledged.length > 0)
      await wait(1000 + ((kill * 613) % 2500))
      const ended = server.end('SIGKILL')
      death.abort()
      await ended
      await importing
    }

    const server = await startServer(env)
    const lost: string[] = []
    for (const id of acknowledged) if ((await fetch(`${server.url}/api/v1/record/organizations/${id}`)).status !== 200) lost.push(id)
    await server.end('SIGTERM')
    const check = await puente(['log', 'verify', '--json'], env)
    const doctor = await puente(['doctor'], env)
    const again = await puente(['import', 'record', folder], env)
    const twice = await puente(['import', 'record', folder, '--json'], env)
    rmSync(folder, { recursive: true })
    await drop()

    expect(lost).toEqual([])
    expect(acknowledged.length).toBeGreaterThan(0)
    expect(JSON.parse(check.out)).toMatchObject({ breaks: [] })
    expect([check.code, doctor.code, again.code]).toEqual([0, 0, 0])
    const changes = JSON.parse(twice.out) as Record<string, { added: number; changed: number }>
    expect(Object.keys(changes).length).toBeGreaterThan(14)
    for (const [what, change] of Object.entries(changes)) expect([what, change]).toEqual([what, { added: 0, changed: 0 }])
  })
})
