import { jobActor, operator } from '../../../platform/access/actor.ts'
import type { Command } from '../../../platform/cli/command.ts'
import { refuse } from '../../../platform/errors.ts'
import { formatNumber } from '../../../platform/i18n/format.ts'
import { newestJob } from '../../../platform/jobs/store.ts'
import { renewEmbeddings } from '../actions/begin-embedding.ts'
import { mayRebuild } from '../policy.ts'
import { readModel, readProgress } from '../store/embeddings.ts'

/** `puente matches embeddings`: whether the service is there, which model holds and how far it has come. */
export const embeddings: Command = {
  path: ['matches', 'embeddings'],
  summary: 'say which model reads listings, how far it has come and what is in its way',
  args: [],
  options: [
    { name: 'renew', description: 'forget what it has read and have all read anew, such as after the model was replaced under its name', default: false },
  ],
  async run({ database, config, options, out, json }) {
    if (!mayRebuild(operator)) throw refuse('forbidden')
    if (options['renew'] === true) await renewEmbeddings(database, config)
    const { model, progress, job } = await database.read(jobActor, async (db) => ({
      model: await readModel(db),
      progress: await readProgress(db),
      job: await newestJob(db, 'matching.embed'),
    }))
    const { embedded, refused, listings } = progress
    const trouble = job?.error ?? null
    const asked = config.embeddings
    if (json)
      return out(JSON.stringify({ service: asked ? { url: asked.url, model: asked.model } : null, model: model ?? null, embedded, refused, listings, trouble }))
    const n = (count: number) => formatNumber(count, 'en')
    out(asked ? `Service: ${asked.url}, model ${asked.model}.` : 'No service is set (EMBEDDINGS_URL): listings are compared by concepts and words alone.')
    if (model)
      out(
        `Model that holds: ${model.name}, ${n(model.dimensions)} dimensions; any two texts ${model.floor.toFixed(2)}, translations ${model.ceiling.toFixed(2)}.`,
      )
    if (model) out(`Read: ${n(embedded)} of ${n(listings)} published listings${refused > 0 ? `, ${n(refused)} not taken by the service` : ''}.`)
    if (asked && trouble !== null) out(`In the way: ${trouble}`)
  },
}
