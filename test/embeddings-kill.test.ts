import { afterAll, describe, expect, test } from 'vitest'
import { startEmbedder } from './support/embedder.ts'
import { until } from './support/jobs.ts'
import { puente, startServer } from './support/process.ts'
import { engineNames, freshEnvironment } from './support/world.ts'

const embedder = await startEmbedder()
afterAll(() => embedder.close())

type Status = { service: { url: string; model: string } | null; embedded: number; listings: number; trouble: string | null }
const batch = 16

describe.each(engineNames)('the server is killed while the service reads a batch (%s)', (engine) => {
  test('once it is back it goes on where it was: no listing is missed, and none but those of that batch is read twice', { timeout: 600_000 }, async () => {
    embedder.received.length = 0
    const { env, drop } = await freshEnvironment(engine)
    const settings = { ...env, EMBEDDINGS_URL: embedder.url, EMBEDDINGS_MODEL: 'example-model' }
    const status = async () => JSON.parse((await puente(['matches', 'embeddings', '--json'], settings)).out) as Status
    // One to measure the model, two that are answered, and one that is not.
    embedder.answer = (asked, response) => void (embedder.received.length <= 3 && embedder.usual(asked, response))
    const server = await startServer(settings)
    await until('the third batch is asked for', () => embedder.received.length === 4)
    expect(await status()).toMatchObject({ service: { url: embedder.url, model: 'example-model' }, embedded: 2 * batch })
    await server.end('SIGKILL')
    const before = embedder.texts()
    expect(before).toHaveLength(3 * batch)

    embedder.answer = embedder.usual
    const second = await startServer(settings)
    let now = await status()
    await until('all are read', async () => ((now = await status()), now.embedded === now.listings))
    await second.end('SIGTERM')
    expect(now).toMatchObject({ embedded: 89, listings: 89, trouble: null })
    const all = embedder.texts()
    expect(all).toHaveLength(89 + batch)
    expect(new Set(all.slice(3 * batch, 4 * batch))).toEqual(new Set(before.slice(2 * batch)))
    await drop()
  })
})
