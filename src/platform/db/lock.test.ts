import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '../errors.ts'
import { lockData, lockHolder } from './lock.ts'

// Linux gives out no number above 4194304, so nobody has this one.
const nobody = 2 ** 22 + 1

let data = ''
beforeEach(() => void (data = mkdtempSync(join(tmpdir(), 'puente-lock-'))))
afterEach(() => rmSync(data, { recursive: true, force: true }))

const path = () => join(data, 'lock')
const leave = (holder: { pid: number; host?: string; started?: string }) => writeFileSync(path(), JSON.stringify({ host: hostname(), started: '', ...holder }))

function refusalOf(work: () => unknown): Refusal {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('not refused')
}

describe('the lock of a data folder', () => {
  test('is held by this process from when it is taken until it is given back', () => {
    expect(lockHolder(data)).toBeUndefined()
    const unlock = lockData(data)
    expect(lockHolder(data)).toBe(process.pid)
    unlock()
    expect(lockHolder(data)).toBeUndefined()
    expect(readdirSync(data)).toEqual([])
  })

  test('is refused to a second, who is told who holds it, and stays with the first', () => {
    const unlock = lockData(data)
    const refusal = refusalOf(() => lockData(data))
    expect(refusal.code).toBe('data_locked')
    expect(refusal.params).toEqual({ pid: String(process.pid), host: hostname() })
    expect(lockHolder(data)).toBe(process.pid)
    expect(readdirSync(data)).toEqual(['lock'])
    unlock()
  })

  test('can be taken again once given back', () => {
    for (let round = 0; round < 3; round++) lockData(data)()
    expect(lockHolder(data)).toBeUndefined()
  })

  test('of a process that is gone is taken over', () => {
    leave({ pid: nobody })
    expect(lockHolder(data)).toBeUndefined()
    const unlock = lockData(data)
    expect(lockHolder(data)).toBe(process.pid)
    expect(readdirSync(data)).toEqual(['lock'])
    unlock()
  })

  test.runIf(process.platform === 'linux')('of a process whose number was given out again is taken over', () => {
    leave({ pid: process.pid, started: '1' })
    expect(lockHolder(data)).toBeUndefined()
    lockData(data)()
  })

  test.each(['', '{"pid":', 'null'])('that a power cut left as %j is taken over', (content) => {
    writeFileSync(path(), content)
    expect(lockHolder(data)).toBeUndefined()
    const unlock = lockData(data)
    expect(lockHolder(data)).toBe(process.pid)
    unlock()
  })
})

test('a folder that is not there cannot be locked', () => {
  expect(() => lockData(join(data, 'none'))).toThrow('ENOENT')
  expect(lockHolder(join(data, 'none'))).toBeUndefined()
})

describe('the lock of somebody else', () => {
  test('on another machine is never taken over', () => {
    leave({ pid: nobody, host: 'another.example.org' })
    expect(lockHolder(data)).toBe(nobody)
    const refusal = refusalOf(() => lockData(data))
    expect(refusal.code).toBe('data_locked')
    expect(refusal.params).toEqual({ pid: String(nobody), host: 'another.example.org' })
    expect(readdirSync(data)).toEqual(['lock'])
  })

  test('is not removed by giving back ours', () => {
    const unlock = lockData(data)
    leave({ pid: nobody, host: 'another.example.org' })
    const theirs = readFileSync(path(), 'utf8')
    unlock()
    expect(readFileSync(path(), 'utf8')).toBe(theirs)
  })
})

const racer = `
  const [module = '', data = ''] = process.argv.slice(2)
  const { lockData } = await import(module)
  console.log('ready')
  // Whoever wins lives until the others have tried: to the end of its input.
  process.stdin.on('data', () => {
    try {
      lockData(data)
      console.log('won')
    } catch (error: unknown) {
      console.log(error instanceof Error && 'code' in error ? error.code : error)
    }
  })
`

/** Lets processes take the lock all at once, and end without giving it back. @returns what became of each */
async function race(processes: number): Promise<string[]> {
  const elsewhere = mkdtempSync(join(tmpdir(), 'puente-racer-'))
  const script = join(elsewhere, 'racer.mts')
  writeFileSync(script, racer)
  const racers = Array.from({ length: processes }, () => {
    const child = spawn(process.execPath, [script, new URL('lock.ts', import.meta.url).href, data], { stdio: ['pipe', 'pipe', 'inherit'] })
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    return { child, gone: once(child, 'exit'), next: async () => String((await lines.next()).value) }
  })
  try {
    expect(await Promise.all(racers.map(({ next }) => next()))).toEqual(racers.map(() => 'ready'))
    for (const { child } of racers) child.stdin.write('go')
    return await Promise.all(racers.map(({ next }) => next()))
  } finally {
    for (const { child } of racers) child.stdin.end()
    await Promise.all(racers.map(({ gone }) => gone))
    rmSync(elsewhere, { recursive: true, force: true })
  }
}

const oneWinner = (processes: number) => ['won', ...Array.from({ length: processes - 1 }, () => 'data_locked')]

describe('of processes that want the lock at the same time', () => {
  test('one gets a folder that nobody holds', async () => {
    const outcome = await race(8)
    expect(outcome.sort().toReversed()).toEqual(oneWinner(8))
    expect(readdirSync(data)).toEqual(['lock'])
  })

  test('one takes over the lock of a process that is gone', async () => {
    leave({ pid: nobody })
    const outcome = await race(2)
    expect(outcome.sort().toReversed()).toEqual(oneWinner(2))
    expect(readdirSync(data)).toEqual(['lock'])
  })
})

test('a process that ended without giving the lock back does not keep it', async () => {
  expect(await race(1)).toEqual(['won'])
  expect(readdirSync(data)).toEqual(['lock'])
  expect(lockHolder(data)).toBeUndefined()
  lockData(data)()
  expect(readdirSync(data)).toEqual([])
})
