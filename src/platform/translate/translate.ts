import { z } from 'zod'
import type { TranslateSettings } from '../config.ts'
import type { Language } from '../i18n/languages.ts'
import { TryLater } from '../jobs/job.ts'

/** Milliseconds that the service may take for one text: a long one on a small machine. */
const longest = 60_000
/** Bytes of an answer that are read. */
const mostBytes = 500_000

const answer = z.object({ translatedText: z.string().trim().min(1) })

/** The service answered that it does not translate this: asking again would not help. */
export class Untranslatable extends Error {
  override readonly name = 'Untranslatable'
}

/**
 * Translates a plain text with a service that speaks as LibreTranslate does.
 *
 * @param signal aborted when nobody waits for it any more
 * @throws TryLater when the service is not there, is too slow or busy, redirects, or answers what cannot be read
 * @throws Untranslatable when it refuses, such as a language that it does not have
 */
export async function translate(
  { url, key }: TranslateSettings,
  { text, from, to }: { text: string; from: Language; to: Language },
  signal?: AbortSignal,
): Promise<string> {
  const until = AbortSignal.timeout(longest)
  const asked = { q: text, source: from, target: to, format: 'text', ...(key !== undefined && { api_key: key }) }
  const response = await fetch(`${url}/translate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(asked),
    // Only the operator says where texts go.
    redirect: 'error',
    signal: signal ? AbortSignal.any([signal, until]) : until,
  }).catch(later)
  const said = await read(response).catch(later)
  if (response.status === 429 || response.status >= 500 || response.status === 401 || response.status === 403)
    throw new TryLater(`the translation service answers ${response.status}`)
  if (!response.ok) throw new Untranslatable(`the translation service answers ${response.status}`)
  const parsed = answer.safeParse(json(said))
  if (!parsed.success) throw new TryLater('the translation service answers something else than a translation')
  return parsed.data.translatedText
}

function later(error: unknown): never {
  const { name, code, cause } = error as { name?: string; code?: string; cause?: { code?: string } }
  throw error instanceof TryLater ? error : new TryLater(`the translation service does not answer: ${cause?.code ?? code ?? name ?? ''}`.slice(0, 200))
}

/** An answer up to a size; more is not what was asked for. */
async function read({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > mostBytes) throw new TryLater('the translation service answers too much')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
