import type { Command, CommandContext } from '../cli/command.ts'
import { refuse } from '../errors.ts'
import { compareHeads, snapshotHeads, verifyLog, type Break, type Difference } from './chain.ts'
import { checkpointText, makeCheckpoint } from './checkpoint.ts'
import { absolutePath, readCheckpointFile, writeCheckpointFile } from './checkpoint-file.ts'
import { openLogKey, parseFingerprint, readLogKey } from './key.ts'

/** `puente log checkpoint`: signs the heads of all chains, for partners to keep. */
export const logCheckpoint: Command = {
  path: ['log', 'checkpoint'],
  summary: 'sign what the log holds now, for partners to keep as witnesses',
  args: [],
  options: [{ name: 'out', description: 'new file for the checkpoint; without it the checkpoint is the answer', default: '', isPath: true }],
  async run({ config, database, options, out, err, json }) {
    const path = text(options, 'out') && absolutePath('out', text(options, 'out'))
    const { time, heads, breaks } = await snapshotHeads(database)
    for (const each of breaks) err(brokenLine(each))
    if (breaks.length > 0) throw refuse('log_broken', { n: breaks.length })
    const key = await openLogKey(config.data)
    if (key.made) err(`made the key ${key.path}; tell partners its fingerprint, on another way than the checkpoints`)
    err(`signed by the key ${key.fingerprint}`)
    const checkpoint = makeCheckpoint(time, heads, key)
    if (!path) return out(checkpointText(checkpoint).trimEnd())
    await writeCheckpointFile(path, checkpoint)
    const { count, root } = checkpoint
    out(json ? JSON.stringify({ file: path, time, count, root, key: key.fingerprint }) : `${path}: ${time}, ${count} chains, root ${root}`)
  },
}

/** `puente log verify`: checks every chain, and with `--checkpoint` that the log still holds what it held then. */
export const logVerify: Command = {
  path: ['log', 'verify'],
  summary: 'check every chain of the log, entry by entry',
  args: [],
  options: [
    { name: 'checkpoint', description: 'a checkpoint; look also whether every chain still holds what it held then', default: '', isPath: true },
    { name: 'key', description: 'fingerprint of the key that signed the checkpoint, if it is not the key of this instance', default: '' },
  ],
  async run(context) {
    const { database, out, err, json } = context
    const witness = await readWitness(context)
    const found = await verifyLog(database, (entries) => err(`${entries} entries`))
    const differences = witness ? await compareHeads(database, witness.heads) : []
    if (json) out(JSON.stringify({ ...found, ...(witness && { checkpoint: { ...witness.told, differences } }) }))
    else {
      out(`${found.chains} chains, ${found.entries} entries, ${found.withheld} without their payload`)
      for (const each of found.breaks) out(brokenLine(each))
      if (witness) out(witness.line)
      for (const each of differences) out(differenceLine(each))
    }
    const n = found.breaks.length + differences.length
    if (n > 0) throw refuse('log_broken', { n })
    if (witness && witness.told.key !== witness.told.expected)
      throw refuse('checkpoint_key_other', { key: witness.told.key, expected: witness.told.expected ?? '-' })
  },
}

/** The checkpoint that the call names, what is told of it, and which key should have signed it: the one named, or that of this instance. */
async function readWitness({ config, options }: Pick<CommandContext, 'config' | 'options'>) {
  const path = text(options, 'checkpoint')
  const named = text(options, 'key')
  if (!path && named) throw refuse('usage', { reason: '--key goes with --checkpoint' })
  if (!path) return undefined
  const wanted = named && parseFingerprint(named)
  const { chains, time, count, root, fingerprint } = await readCheckpointFile(absolutePath('checkpoint', path))
  const expected = wanted || (await readLogKey(config.data))?.fingerprint || null
  const own = expected === null ? 'and this instance has none to compare it with' : 'which is that of this instance'
  const whose = expected !== null && fingerprint !== expected ? `not by ${expected}` : wanted ? 'as named' : own
  return {
    heads: chains.map(({ chain, entries, head }) => ({ chain, entries: String(entries), head })),
    told: { time, count, root, key: fingerprint, expected },
    line: `checkpoint of ${time}: ${count} chains, signed by the key ${fingerprint}, ${whose}`,
  }
}

const text = (options: CommandContext['options'], name: string): string => String(options[name] ?? '')

const brokenLine = ({ chain, number, what }: Break) => `broken: ${chain} entry ${number}: ${what}`

const differenceLine = ({ chain, number, what }: Difference) => `differs from the checkpoint: ${chain} entry ${number}: ${what}`
