import { z } from 'zod'
import { askService, type Service } from '../ask-service.ts'
import type { EmbeddingsSettings } from '../config.ts'
import { TryLater } from '../jobs/job.ts'

/** A batch is some dozen texts on a small machine without a graphics card; of the widest embeddings, written out, it stays far below so many bytes. */
const service: Service = { name: 'embedding service', longest: 120_000, mostBytes: 16_000_000 }
/** So many numbers an embedding has; a service that answers fewer or more answers something else. */
const [leastDimensions, mostDimensions] = [8, 4096]

const answer = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number().refine(Number.isFinite)).min(leastDimensions).max(mostDimensions) })),
})

/** The service refuses these texts, such as one that is too long for it: asking for the same again would not help. */
export class Unembeddable extends Error {
  override readonly name = 'Unembeddable'
}

/**
 * Turns texts into embeddings with a service that speaks as OpenAI's does: `POST …/v1/embeddings` with `model` and `input`. Only that address is asked.
 *
 * @param texts at least one, none of them empty
 * @param signal aborted when nobody waits for it any more
 * @returns for each text, in their order, its embedding as the model gives it, of whatever length as a vector; all have as many dimensions
 * @throws TryLater when the service is not there, is too slow or busy, does not know the key or the model, redirects, or answers what cannot be used
 * @throws Unembeddable when it refuses the texts
 */
export async function embed({ url, model, key }: EmbeddingsSettings, texts: readonly string[], signal?: AbortSignal): Promise<number[][]> {
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` }
  const { status, ok, said } = await askService(service, `${url}/v1/embeddings`, { headers, body: { model, input: texts } }, signal)
  if ([400, 413, 422].includes(status)) throw new Unembeddable(`the embedding service answers ${status}`)
  if (!ok) throw new TryLater(`the embedding service answers ${status}`)
  const parsed = answer.safeParse(said)
  if (!parsed.success) throw new TryLater('the embedding service answers something else than embeddings')
  return inOrder(parsed.data.data, texts.length)
}

/** The order of an answer is what it says, not how it comes. */
function inOrder(data: z.output<typeof answer>['data'], n: number): number[][] {
  const found = new Map(data.map(({ index, embedding }) => [index, embedding]))
  const ordered = Array.from({ length: n }, (_, at) => found.get(at) ?? [])
  const [first] = ordered
  if (data.length !== n || ordered.some(({ length }) => length === 0))
    throw new TryLater('the embedding service answers another number of embeddings than of texts')
  if (ordered.some(({ length }) => length !== first?.length)) throw new TryLater('the embedding service answers embeddings of unlike dimensions')
  if (ordered.some((each) => each.every((value) => value === 0))) throw new TryLater('the embedding service answers embeddings of nothing but zeros')
  return ordered
}
