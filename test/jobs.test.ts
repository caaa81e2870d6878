import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { thePublic } from '../src/platform/access/actor.ts'
import { jobKind, TryLater, usualPause, type JobContext } from '../src/platform/jobs/job.ts'
import type { JobRunner } from '../src/platform/jobs/runner.ts'
import { queueJob } from '../src/platform/jobs/store.ts'
import { doJobs, until } from './support/jobs.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const kind = (run: (n: number, context: JobContext) => Promise<void>, mostAttempts = 3) =>
  jobKind({ kind: 'test.count', input: z.object({ n: z.int() }), mostAttempts, run: ({ n }, context) => run(n, context) })

const queue = (world: World, count: number, more: { kind?: string; inSeconds?: number } = {}) =>
  world.database.write(thePublic, async (db) => {
    const ids: string[] = []
    for (let n = 0; n < count; n++) ids.push(await queueJob(db, { kind: 'test.count', input: { n }, ...more }))
    return ids
  })

const stateOf = async (world: World, id: string | undefined) =>
  (
    await world.rows(sql<{ state: string; attempts: number; error: string | null; taken: boolean }>`
      select case when done_at is not null then 'done' when failed_at is not null then 'failed' else 'waiting' end as state, attempts, error, ticket is not null as taken
      from app.job where id = ${id ?? ''}`)
  )[0]

const runners: JobRunner[] = []
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop()
})
async function start(...given: Parameters<typeof doJobs>) {
  const runner = await doJobs(...given)
  runners.push(runner)
  return runner
}

onBothEngines('jobs', (world) => {
  test('run once each, however many look for them, and as many at once as there are lanes', async () => {
    const ran: number[] = []
    let now = 0
    let most = 0
    const counting = kind(async (n) => {
      most = Math.max(most, ++now)
      await wait(5)
      now--
      ran.push(n)
    })
    for (let each = 0; each < 4; each++) await start(world(), [counting], { lanes: 2, look: 0.05 })
    await queue(world(), 40)
    await until('all have run', () => ran.length >= 40)
    for (const runner of runners) await runner.idle()
    expect(ran.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n))
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(8)
    expect(await world().rows(sql`select count(*)::int as n from app.job where kind = 'test.count' and done_at is null`)).toEqual([{ n: 0 }])
  })

  test('are tried again after a pause, as often as is said, and what went wrong stays written', async () => {
    const attempts: [number, boolean][] = []
    const pauses: number[] = []
    await start(
      world(),
      [
        kind(async (_, { attempt, isLast }) => {
          attempts.push([attempt, isLast])
          throw new TryLater(`not now (${attempt})`)
        }),
      ],
      { pause: (attempt) => (pauses.push(attempt), 0.01) },
    )
    const [id] = await queue(world(), 1)
    await until('it is given up', async () => (await stateOf(world(), id))?.state === 'failed')
    expect(await stateOf(world(), id)).toEqual({ state: 'failed', attempts: 3, error: 'not now (3)', taken: false })
    expect([attempts, pauses]).toEqual([
      [
        [1, false],
        [2, false],
        [3, true],
      ],
      [1, 2],
    ])
  })

  test('an input that does not fit, and a fault, are noted like any other failure', async () => {
    await start(world(), [kind(async () => {}, 1)])
    const id = await world().database.write(thePublic, (db) => queueJob(db, { kind: 'test.count', input: { n: 'x' } }))
    await until('it is given up', async () => (await stateOf(world(), id))?.state === 'failed')
    expect((await stateOf(world(), id))?.error).toContain('expected number')
  })

  test('wait for their time, and for a process that knows their kind', async () => {
    const ran: number[] = []
    const runner = await start(world(), [kind(async (n) => void ran.push(n))])
    const [later] = await queue(world(), 1, { inSeconds: 3600 })
    const [other] = await queue(world(), 1, { kind: 'test.other' })
    await runner.idle()
    expect(ran).toEqual([])
    expect([await stateOf(world(), later), await stateOf(world(), other)]).toEqual([
      { state: 'waiting', attempts: 0, error: null, taken: false },
      { state: 'waiting', attempts: 0, error: null, taken: false },
    ])
    await world().rows(sql`update app.job set done_at = now() where done_at is null and failed_at is null`)
  })

  test('the clock wakes the process when the next is due', async () => {
    const ran: number[] = []
    await start(world(), [kind(async (n) => void ran.push(n))], { look: 600 })
    await queue(world(), 1, { inSeconds: 0.2 })
    await until('it has run', () => ran.length === 1)
  })

  test('one that takes longer than its ticket holds is not taken by another', async () => {
    let runs = 0
    const slow = kind(async () => {
      runs++
      await wait(900)
    })
    await start(world(), [slow], { lease: 0.3, look: 0.05 })
    const [id] = await queue(world(), 1)
    await until('it runs', () => runs === 1)
    await start({ ...world(), database: Object.assign(Object.create(world().database) as World['database'], { kind: 'postgres' }) }, [slow], {
      lease: 0.3,
      look: 0.05,
    })
    await until('it is done', async () => (await stateOf(world(), id))?.state === 'done')
    expect(runs).toBe(1)
  })

  test('a process that ends waits for what runs, and gives back what takes too long', async () => {
    const quick = await doJobs(world(), [kind(() => wait(100))])
    const [first] = await queue(world(), 1)
    await until('it is taken', async () => (await stateOf(world(), first))?.taken === true)
    await quick.stop()
    expect(await stateOf(world(), first)).toMatchObject({ state: 'done' })

    const slow = await doJobs(world(), [kind((_, { signal }) => wait(60_000, undefined, { signal }))], { grace: 1000 })
    const [second] = await queue(world(), 1)
    await until('it is taken', async () => (await stateOf(world(), second))?.taken === true)
    await slow.stop()
    expect(await stateOf(world(), second)).toEqual({ state: 'waiting', attempts: 0, error: null, taken: false })
    await queue(world(), 1)
    expect(await stateOf(world(), second)).toMatchObject({ state: 'waiting', attempts: 0 })

    const ran: number[] = []
    const next = await start(world(), [kind(async (n) => void ran.push(n))])
    await until('the next process does it', () => ran.length === 2)
    await next.idle()
    expect(await stateOf(world(), second)).toMatchObject({ state: 'done', attempts: 1 })
  })

  test('one whose process is killed at each attempt is given up', async () => {
    const [id] = await queue(world(), 1)
    await world().rows(sql`update app.job set attempts = 3 where id = ${id}`)
    let ran = 0
    await start(world(), [kind(async () => void ran++)])
    await until('it is given up', async () => (await stateOf(world(), id))?.state === 'failed')
    expect(ran).toBe(0)
  })
})

test('the pauses grow to six hours, and fourteen attempts take about a day', () => {
  const pauses = Array.from({ length: 13 }, (_, index) => usualPause(index + 1))
  expect([pauses[0], pauses[1], pauses.at(-1)]).toEqual([30, 60, 21_600])
  const hours = pauses.reduce((sum, each) => sum + each, 0) / 3600
  expect(hours).toBeGreaterThan(24)
  expect(hours).toBeLessThan(30)
})
