import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { puente, startServer } from '../../../test/support/process.ts'
import { freshEnvironment, onBothEngines, sql, type World } from '../../../test/support/world.ts'
import { importer } from '../access/actor.ts'
import type { Command } from '../cli/command.ts'
import { Refusal } from '../errors.ts'
import { newId } from '../id.ts'
import { checkpointText, makeCheckpoint, type Checkpoint } from './checkpoint.ts'
import { logCheckpoint, logVerify } from './commands.ts'
import { logKeyPath, openLogKey, readLogKey } from './key.ts'
import { logAct } from './log.ts'

const recordSpace = sql<{ id: string }>`select id::text from app.space where name = 'record'`

/** One act that leaves an entry in each of these chains. */
async function act(world: World, ...chains: string[]): Promise<void> {
  const [space] = await world.rows(recordSpace)
  await world.database.write(importer, async (db) => {
    for (const chain of chains) await logAct(db, { chain, spaceId: space?.id ?? '', verb: 'test.done', object: { kind: 'test', id: newId() }, payload: chains })
  })
}

/** A chain of its own with some entries. */
async function chainOf(world: World, entries: number): Promise<string> {
  const chain = `test:${newId()}`
  for (let number = 0; number < entries; number++) await act(world, chain)
  return chain
}

type Said = { out: string[]; err: string[]; exit: number; refused?: Refusal }

/** Runs a verb as the command line would. */
async function run(world: World, command: Command, options: Record<string, string> = {}, json = false): Promise<Said> {
  const said: Said = { out: [], err: [], exit: 0 }
  const { config, database, files } = world
  const terminal = { out: (line: string) => void said.out.push(line), err: (line: string) => void said.err.push(line) }
  const defaults = Object.fromEntries((command.options ?? []).map((option) => [option.name, option.default]))
  try {
    await command.run({ config, database, files, args: {}, options: { ...defaults, ...options }, json, ...terminal })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    Object.assign(said, { refused: error, exit: error.exit })
  }
  return said
}

const folder = mkdtempSync(join(tmpdir(), 'puente-witness-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const newFile = () => join(folder, `${newId()}.json`)

/** What a partner keeps of this moment. */
async function witness(world: World): Promise<{ file: string; checkpoint: Checkpoint }> {
  const file = newFile()
  expect(await run(world, logCheckpoint, { out: file })).toMatchObject({ exit: 0 })
  return { file, checkpoint: JSON.parse(readFileSync(file, 'utf8')) as Checkpoint }
}

const differing = (said: Said) => said.out.filter((line) => line.startsWith('differs')).map((line) => line.replace('differs from the checkpoint: ', ''))

/** What an owner of the tables can do who has time: every entry of a chain says something else, and every hash is made anew. */
async function rewrite(world: World, chain: string): Promise<void> {
  await world.rows(sql`
    update app.log_payload p set payload = '{"said":"something else"}' from app.log_entry e where e.id = p.entry_id and e.chain = ${chain}`)
  await world.rows(sql`
    update app.log_entry e set verb = 'test.undone', commitment = sha256(p.salt || convert_to(p.payload, 'UTF8'))
    from app.log_payload p where e.id = p.entry_id and e.chain = ${chain}`)
  const entries = await world.rows(sql<{ id: string }>`select id::text from app.log_entry where chain = ${chain} order by number`)
  let before: Uint8Array = Buffer.alloc(0)
  for (const { id } of entries) {
    await world.rows(sql`update app.log_entry set previous = ${before} where id = ${id}`)
    const [made] = await world.rows(sql<{ hash: Buffer }>`update app.log_entry e set hash = app.log_hash(e) where id = ${id} returning hash`)
    before = made?.hash ?? before
  }
  await world.rows(sql`update app.log_chain set head = ${before} where chain = ${chain}`)
}

/** Takes entries off the end of a chain, so that nothing shows in the chain itself. */
async function truncate(world: World, chain: string, left: number): Promise<void> {
  await world.rows(sql`delete from app.log_payload p using app.log_entry e where e.id = p.entry_id and e.chain = ${chain} and e.number > ${left}`)
  await world.rows(sql`delete from app.log_entry where chain = ${chain} and number > ${left}`)
  await world.rows(
    sql`update app.log_chain c set entries = ${left}, head = (select hash from app.log_entry e where e.chain = c.chain and e.number = ${left}) where chain = ${chain}`,
  )
}

onBothEngines('a checkpoint of the log', (world) => {
  test('names every chain, and still verifies after more acts', async () => {
    const chain = await chainOf(world(), 2)
    const { file, checkpoint } = await witness(world())
    const chains = await world().rows(sql`select chain, entries::int, encode(head, 'hex') as head from app.log_chain order by chain collate "C"`)
    const key = await readLogKey(world().config.data)
    expect(checkpoint).toMatchObject({ format: 'puente-log-checkpoint-1', chains, count: chains.length, key: key?.publicKey.toString('base64') })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const [clock] = await world().rows(sql<{ near: boolean }>`select ${checkpoint.time}::timestamptz between now() - interval '1 minute' and now() as near`)
    expect(clock).toEqual({ near: true })

    await act(world(), chain, await chainOf(world(), 1))
    const said = await run(world(), logVerify, { checkpoint: file })
    expect(said).toMatchObject({ exit: 0 })
    expect(said.out).toContain(
      `checkpoint of ${checkpoint.time}: ${chains.length} chains, signed by the key ${key?.fingerprint}, which is that of this instance`,
    )
    expect((await witness(world())).checkpoint.chains).toContainEqual(expect.objectContaining({ chain, entries: 3 }))
  })

  test('answers for programs', async () => {
    const { file, checkpoint } = await witness(world())
    const fingerprint = (await readLogKey(world().config.data))?.fingerprint
    const { time, count, root } = checkpoint
    const plain = JSON.parse((await run(world(), logVerify, {}, true)).out[0] ?? '') as object
    const checked = await run(world(), logVerify, { checkpoint: file }, true)
    expect(checked.out.map((line) => JSON.parse(line) as object)).toEqual([
      { ...plain, checkpoint: { time, count, root, key: fingerprint, expected: fingerprint, differences: [] } },
    ])
    const path = newFile()
    const made = JSON.parse((await run(world(), logCheckpoint, { out: path }, true)).out[0] ?? '') as object
    expect(made).toMatchObject({ file: path, count, root, key: fingerprint })
    const shown = await run(world(), logCheckpoint)
    expect(shown.out.map((line) => JSON.parse(line) as object)).toEqual([expect.objectContaining({ format: 'puente-log-checkpoint-1', root })])
    expect(shown.err).toEqual([`signed by the key ${fingerprint}`])
  })

  test('finds a chain that its owner wrote anew from end to end, which the log alone cannot', async () => {
    const [chain, untouched] = [await chainOf(world(), 3), await chainOf(world(), 2)]
    const { file } = await witness(world())
    await rewrite(world(), chain)
    await act(world(), chain, untouched)
    expect(await run(world(), logVerify)).toMatchObject({ exit: 0 })
    const said = await run(world(), logVerify, { checkpoint: file })
    expect(said).toMatchObject({ exit: 5, refused: { code: 'log_broken', params: { n: 1 } } })
    expect(differing(said)).toEqual([`${chain} entry 3: rewritten`])
    const forProgram = JSON.parse((await run(world(), logVerify, { checkpoint: file }, true)).out[0] ?? '') as object
    expect(forProgram).toMatchObject({ breaks: [], checkpoint: { differences: [{ chain, number: '3', what: 'rewritten' }] } })
    await truncate(world(), chain, 1)
    expect(differing(await run(world(), logVerify, { checkpoint: file }))).toEqual([`${chain} entry 3: shrunk`])
  })
})

onBothEngines('with a checkpoint the log shows that', (world) => {
  test('a chain lost its last entries', async () => {
    const chain = await chainOf(world(), 3)
    const { file } = await witness(world())
    await truncate(world(), chain, 2)
    expect(await run(world(), logVerify)).toMatchObject({ exit: 0 })
    expect(differing(await run(world(), logVerify, { checkpoint: file }))).toEqual([`${chain} entry 3: shrunk`])
    // Another entry in its place does not help.
    await act(world(), chain)
    expect(await run(world(), logVerify)).toMatchObject({ exit: 0 })
    expect(differing(await run(world(), logVerify, { checkpoint: file }))).toEqual([`${chain} entry 3: rewritten`])
  })

  test('a chain was declared shorter with its entries still there', async () => {
    const chain = await chainOf(world(), 3)
    const { file } = await witness(world())
    await world().rows(
      sql`update app.log_chain c set entries = 2, head = (select hash from app.log_entry e where e.chain = c.chain and number = 2) where chain = ${chain}`,
    )
    expect(await run(world(), logVerify)).toMatchObject({ exit: 0 })
    expect(differing(await run(world(), logVerify, { checkpoint: file }))).toEqual([`${chain} entry 3: shrunk`])
    await world().rows(
      sql`update app.log_chain c set entries = 3, head = (select hash from app.log_entry e where e.chain = c.chain and number = 3) where chain = ${chain}`,
    )
    expect(differing(await run(world(), logVerify, { checkpoint: file }))).toEqual([])
  })

  test('chains are gone, each by its name, beside what is broken in itself', async () => {
    const chains = [await chainOf(world(), 1), await chainOf(world(), 2)].toSorted()
    const broken = await chainOf(world(), 2)
    const { file } = await witness(world())
    for (const chain of chains) {
      await world().rows(sql`delete from app.log_payload p using app.log_entry e where e.id = p.entry_id and e.chain = ${chain}`)
      await world().rows(sql`delete from app.log_entry where chain = ${chain}`)
      await world().rows(sql`delete from app.log_chain where chain = ${chain}`)
    }
    await world().rows(sql`update app.log_entry set verb = 'test.undone' where chain = ${broken} and number = 1`)
    const said = await run(world(), logVerify, { checkpoint: file })
    expect(differing(said).toSorted()).toEqual([`${chains[0]} entry 1: gone`, `${chains[1]} entry 2: gone`].toSorted())
    expect(said.out).toContain(`broken: ${broken} entry 1: hash`)
    expect(said).toMatchObject({ exit: 5, refused: { code: 'log_broken', params: { n: 3 } } })
  })

  test('the head of a chain is not its last entry, and signs nothing then', async () => {
    const chain = await chainOf(world(), 2)
    await world().rows(sql`update app.log_chain set head = sha256(head) where chain = ${chain}`)
    rmSync(logKeyPath(world().config.data), { force: true })
    const said = await run(world(), logCheckpoint, { out: newFile() })
    expect(said).toMatchObject({ exit: 5, out: [], err: [`broken: ${chain} entry 2: head`], refused: { code: 'log_broken', params: { n: 1 } } })
    expect(existsSync(logKeyPath(world().config.data))).toBe(false)
  })
})

onBothEngines('a checkpoint is of one moment', (world) => {
  test('an act is in all of its chains or in none, while many write', async () => {
    const [left, right] = ['a', 'b'].map((side) => `test:${side}-${newId()}`) as [string, string]
    await act(world(), left, right)
    const writers = Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let times = 0; times < 15; times++) await act(world(), left, right)
      }),
    )
    const files: string[] = []
    for (let times = 0; times < 15; times++) {
      const { file, checkpoint } = await witness(world())
      const entries = (name: string) => checkpoint.chains.find(({ chain }) => chain === name)?.entries
      expect(entries(left)).toBe(entries(right))
      files.push(file)
    }
    await writers
    for (const file of [files[0] ?? '', files[7] ?? '', files[14] ?? '']) expect(await run(world(), logVerify, { checkpoint: file })).toMatchObject({ exit: 0 })
  })

  test('and of more chains than are looked at in one go', async () => {
    const data = world().config.data
    const chains = await world().rows(
      sql<{ chain: string; entries: string; head: string }>`select chain, entries::text, encode(head, 'hex') as head from app.log_chain`,
    )
    const never = Array.from({ length: 2500 }, (_, index) => ({ chain: `never:${index}`, entries: '1', head: 'ab'.repeat(32) }))
    const file = newFile()
    writeFileSync(file, checkpointText(makeCheckpoint('2026-11-21T08:00:00.000000Z', [...never, ...chains], await openLogKey(data))))
    const said = await run(world(), logVerify, { checkpoint: file })
    expect(differing(said)).toEqual(never.map(({ chain }) => `${chain} entry 1: gone`).toSorted())
  })
})

onBothEngines('whose key signed a checkpoint', (world) => {
  const data = () => world().config.data

  test('is told, and another than that of this instance is not passed over unless it is named', async () => {
    const { file } = await witness(world())
    const old = await openLogKey(data())
    renameSync(old.path, `${old.path}-old`)
    const none = await run(world(), logVerify, { checkpoint: file })
    expect(none).toMatchObject({ exit: 5, refused: { code: 'checkpoint_key_other', params: { key: old.fingerprint, expected: '-' } } })
    expect(existsSync(old.path), 'looking makes no key').toBe(false)

    const made = await run(world(), logCheckpoint)
    const fresh = await readLogKey(data())
    expect(made.err).toEqual([expect.stringContaining(`made the key ${old.path};`), `signed by the key ${fresh?.fingerprint}`])
    expect(fresh?.fingerprint).not.toBe(old.fingerprint)
    const other = await run(world(), logVerify, { checkpoint: file })
    expect(other).toMatchObject({ exit: 5, refused: { code: 'checkpoint_key_other', params: { key: old.fingerprint, expected: fresh?.fingerprint } } })
    expect(other.out.join('\n')).toContain(`signed by the key ${old.fingerprint}, not by ${fresh?.fingerprint}`)

    const named = await run(world(), logVerify, { checkpoint: file, key: old.fingerprint.toUpperCase() })
    expect(named).toMatchObject({ exit: 0 })
    expect(named.out.join('\n')).toContain(`signed by the key ${old.fingerprint}, as named`)
    expect(await run(world(), logVerify, { checkpoint: file, key: fresh?.fingerprint ?? '' })).toMatchObject({ refused: { code: 'checkpoint_key_other' } })
    renameSync(`${old.path}-old`, old.path)
  })

  test('stays told where the chains differ too', async () => {
    const chain = await chainOf(world(), 2)
    const { file } = await witness(world())
    const { path, fingerprint } = await openLogKey(data())
    renameSync(path, `${path}-old`)
    await truncate(world(), chain, 1)
    const said = await run(world(), logVerify, { checkpoint: file })
    expect(said).toMatchObject({ exit: 5, refused: { code: 'log_broken' } })
    expect(said.out.join('\n')).toContain(`signed by the key ${fingerprint}, and this instance has none to compare it with`)
    renameSync(`${path}-old`, path)
  })
})

onBothEngines('a wrong call', (world) => {
  test.each([
    [logCheckpoint, { out: join(folder, 'nowhere', 'x.json') }, 'checkpoint_unwritten', 4],
    [logVerify, { key: 'ab'.repeat(32) }, 'usage', 2],
    [logVerify, { checkpoint: join(folder, 'nowhere.json'), key: 'ab' }, 'usage', 2],
    [logVerify, { checkpoint: join(folder, 'nowhere.json') }, 'checkpoint_unreadable', 3],
    [logVerify, { checkpoint: folder }, 'checkpoint_unreadable', 3],
    [logVerify, { checkpoint: import.meta.filename }, 'checkpoint_malformed', 3],
  ])('of $path with %o is refused with %s', async (command, options, code, exit) => {
    expect(await run(world(), command, options)).toMatchObject({ exit, out: [], refused: { code } })
  })

  test('does not write over a checkpoint, and does not verify an altered one', async () => {
    const { file } = await witness(world())
    const before = readFileSync(file, 'utf8')
    expect(await run(world(), logCheckpoint, { out: file })).toMatchObject({ exit: 4, refused: { code: 'checkpoint_unwritten', params: { path: file } } })
    expect(readFileSync(file, 'utf8')).toBe(before)
    const changed = newFile()
    writeFileSync(changed, before.replace(/"entries":\d+/, '"entries":999'))
    expect(await run(world(), logVerify, { checkpoint: changed })).toMatchObject({
      exit: 3,
      out: [],
      refused: { code: 'checkpoint_altered', params: { path: changed, field: 'root' } },
    })
  })
})

describe('from the command line, with a server running on the embedded database', () => {
  test('a checkpoint is made, kept and verified', async () => {
    const { env, drop } = await freshEnvironment('embedded')
    const server = await startServer(env)
    const file = newFile()
    const made = await puente(['log', 'checkpoint', '--out', file], env)
    expect(made).toMatchObject({ code: 0, err: expect.stringContaining('made the key ') })
    const shown = await puente(['log', 'checkpoint'], env)
    expect(shown).toMatchObject({ code: 0, err: expect.stringMatching(/^signed by the key [0-9a-f]{64}\n$/) })
    const copy = newFile()
    writeFileSync(copy, shown.out)
    for (const each of [file, copy]) expect(await puente(['log', 'verify', '--checkpoint', each], env)).toMatchObject({ code: 0 })
    await server.end('SIGTERM')
    const fingerprint = /signed by the key (\w+)/.exec(shown.err)?.[1] ?? ''
    expect(await puente(['log', 'verify', '--checkpoint', file, '--key', fingerprint], env)).toMatchObject({ code: 0 })
    const other = await puente(['log', 'verify', '--checkpoint', file, '--key', 'ab'.repeat(32)], { ...env, LANG: 'es_CU.UTF-8' })
    expect(other).toMatchObject({ code: 5, err: expect.stringContaining(`El punto de control está firmado con la clave ${fingerprint}`) })
    await drop()
  })
})
