import { TryLater } from './jobs/job.ts'

/** `name`: what the service is called where it fails; `longest`: milliseconds that it may take; `mostBytes`: so much of an answer is read. */
export type Service = { name: string; longest: number; mostBytes: number }

/**
 * Sends JSON to a service that the operator named, and reads its answer. Only that address is asked: a redirect is refused.
 *
 * @param signal aborted when nobody waits for it any more
 * @returns its status, whatever it is, and what it said; `undefined` for what is no JSON
 * @throws TryLater when it is not there, is too slow, redirects, or answers too much
 */
export async function askService(
  { name, longest, mostBytes }: Service,
  url: string,
  { headers = {}, body }: { headers?: Record<string, string>; body: unknown },
  signal?: AbortSignal,
): Promise<{ status: number; ok: boolean; said: unknown }> {
  const until = AbortSignal.timeout(longest)
  try {
    const {
      status,
      ok,
      body: answered,
    } = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, until]) : until,
    })
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of answered ?? []) {
      size += chunk.length
      if (size > mostBytes) throw new TryLater(`the ${name} answers too much`)
      chunks.push(chunk)
    }
    return { status, ok, said: json(Buffer.concat(chunks).toString('utf8')) }
  } catch (error) {
    const { name: kind, code, cause } = error as { name?: string; code?: string; cause?: { code?: string } }
    throw error instanceof TryLater ? error : new TryLater(`the ${name} does not answer: ${cause?.code ?? code ?? kind ?? ''}`.slice(0, 200))
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
