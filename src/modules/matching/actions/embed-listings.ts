import { z } from 'zod'
import { jobActor } from '../../../platform/access/actor.ts'
import type { EmbeddingsSettings } from '../../../platform/config.ts'
import type { Database } from '../../../platform/db/database.ts'
import { embed, Unembeddable } from '../../../platform/embeddings/embed.ts'
import { newId } from '../../../platform/id.ts'
import { jobKind, TryLater } from '../../../platform/jobs/job.ts'
import { calibrationTexts } from '../rules/calibration-texts.ts'
import { calibrate, quantize } from '../rules/embedding.ts'
import { beginModel, keepEmbedding, readModel, readUnread, type Model, type Unread } from '../store/embeddings.ts'
import { matchAgain } from './match-listing.ts'

/** Texts that are sent at once: a batch takes a small machine some seconds. */
const batch = 16
/** UTF-16 units of a text that are sent; most models read no further. A service that refuses so much is offered less. */
const lengths = [2000, 1000, 500, 250]

type Service = { service: EmbeddingsSettings; signal: AbortSignal | undefined }

/** Of each database on which this process is at it: whether it was asked again meanwhile. */
const atWork = new WeakMap<Database, { again: boolean }>()

/**
 * Has the service read all published listings that it has not read, the newest first, and matches each anew as soon as its embedding is there, in the same
 * transaction: cut off, it goes on where it was. Called while this process is at it, it leaves the work to that call, which looks once more at its end.
 *
 * @param onStep told after each batch how many are done
 * @returns how many listings it read
 * @throws TryLater when the service is not there, or answers what cannot be used
 */
export async function embedListings(
  database: Database,
  service: EmbeddingsSettings,
  { signal, onStep = () => {} }: { signal?: AbortSignal; onStep?: (done: number) => void } = {},
): Promise<number> {
  const other = atWork.get(database)
  if (other) {
    other.again = true
    return 0
  }
  const mine = { again: true }
  atWork.set(database, mine)
  try {
    const reading = await begin(database, { service, signal })
    let done = 0
    while (mine.again) {
      mine.again = false
      let kept: number | undefined
      do {
        kept = await readBatch(database, reading)
        done += kept ?? 0
        if (kept !== undefined) onStep(done)
      } while (kept !== undefined)
    }
    return done
  } finally {
    atWork.delete(database)
  }
}

type Reading = Service & { model: Model }

async function begin(database: Database, at: Service): Promise<Reading> {
  const model = await database.read(jobActor, readModel)
  return { ...at, model: model?.name === at.service.model ? model : await measure(database, at) }
}

/** @returns how many listings it read; `undefined` when there was none to read */
async function readBatch(database: Database, reading: Reading): Promise<number | undefined> {
  reading.signal?.throwIfAborted()
  const unread = await database.read(jobActor, (db) => readUnread(db, batch))
  if (unread.length === 0) return undefined
  const made = await embedAll(unread.map(textOf), reading)
  const dimensions = made.find((each) => each !== null)?.length
  if (dimensions !== undefined && dimensions !== reading.model.dimensions) reading.model = await changed(database, reading, dimensions)
  const kept = await keepAll(database, reading.model, unread, made)
  // Nothing of a whole batch is still as it was: somebody else is at it, with another model or the same listings.
  if (kept === 0) throw new TryLater('what was read is no longer what is there')
  return kept
}

/** What stands in public, the most telling first. */
const textOf = ({ title, body, sought }: Unread): string => [title, body, sought].filter((text) => text !== null && text !== '').join('\n')
const cut = (text: string, length: number) => text.slice(0, length).toWellFormed()

async function keepAll(database: Database, model: Model, unread: readonly Unread[], made: readonly (number[] | null)[]): Promise<number> {
  let kept = 0
  for (const [at, listing] of unread.entries()) {
    const values = made[at] ?? null
    const isKept = await database.write(jobActor, async (db) => {
      if (!(await keepEmbedding(db, listing, model.id, values && quantize(values)))) return false
      await matchAgain(db, listing.id)
      return true
    })
    if (isKept) kept++
  }
  return kept
}

/** Has a model take over that answers otherwise than before under the same name. */
async function changed(database: Database, at: Service, dimensions: number): Promise<Model> {
  const model = await measure(database, at)
  if (model.dimensions !== dimensions)
    throw new TryLater(`the embedding service answers embeddings now of ${dimensions} dimensions, now of ${model.dimensions}`)
  return model
}

/** Measures the model of the service on texts whose meaning is known, and has it take over; one that tells nothing does not. */
async function measure(database: Database, { service, signal }: Service): Promise<Model> {
  const made = await embed(service, calibrationTexts.flat(), signal).catch((error: unknown) => {
    throw error instanceof Unembeddable ? new TryLater(error.message) : error
  })
  const vectors = made.map(quantize)
  let at = 0
  const found = calibrate(calibrationTexts.map((translations) => translations.map(() => vectors[at++] ?? new Int8Array())))
  if (!found) throw new TryLater(`the model ${service.model} does not find translations clearly nearer than other texts: it is of no use here`)
  await database.write(jobActor, (db) => beginModel(db, { id: newId(), name: service.model, dimensions: made[0]?.length ?? 0, ...found }))
  const model = await database.read(jobActor, readModel)
  if (model?.name !== service.model) throw new TryLater('another process has another model take over')
  return model
}

/** What the service makes of texts; one that it takes at no length comes to nothing, and does not hold up the others. */
async function embedAll(texts: readonly string[], at: Service): Promise<(number[] | null)[]> {
  try {
    return await embed(
      at.service,
      texts.map((text) => cut(text, lengths[0] ?? 0)),
      at.signal,
    )
  } catch (error) {
    if (!(error instanceof Unembeddable)) throw error
  }
  const made: (number[] | null)[] = []
  for (const text of texts) made.push(await embedOne(text, at))
  // It refuses whatever it is sent: then it is not the texts.
  if (made.every((each) => each === null)) await embed(at.service, calibrationTexts.flat().slice(0, 1), at.signal).catch(refusesAll)
  return made
}

function refusesAll(error: unknown): never {
  throw error instanceof Unembeddable ? new TryLater(`${error.message}, whatever it is sent`) : error
}

async function embedOne(text: string, { service, signal }: Service): Promise<number[] | null> {
  for (const length of lengths)
    try {
      const [made] = await embed(service, [cut(text, length)], signal)
      return made ?? null
    } catch (error) {
      if (!(error instanceof Unembeddable)) throw error
    }
  return null
}

/** Whoever publishes does not wait for it; where the service is gone for long, it is asked every ten minutes for a day, and again after that when something happens. */
export const embedJob = jobKind({
  kind: 'matching.embed',
  input: z.object({}),
  mostAttempts: 150,
  longestPause: 600,
  run: async (_, { database, config, signal }) => {
    if (config.embeddings) await embedListings(database, config.embeddings, { signal })
  },
})
