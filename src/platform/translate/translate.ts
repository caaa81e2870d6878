import { z } from 'zod'
import { askService, type Service } from '../ask-service.ts'
import type { TranslateSettings } from '../config.ts'
import type { Language } from '../i18n/languages.ts'
import { TryLater } from '../jobs/job.ts'

/** One text, a long one on a small machine. */
const service: Service = { name: 'translation service', longest: 60_000, mostBytes: 500_000 }

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
  const body = { q: text, source: from, target: to, format: 'text', ...(key !== undefined && { api_key: key }) }
  const { status, ok, said } = await askService(service, `${url}/translate`, { body }, signal)
  if (status === 429 || status >= 500 || status === 401 || status === 403) throw new TryLater(`the translation service answers ${status}`)
  if (!ok) throw new Untranslatable(`the translation service answers ${status}`)
  const parsed = answer.safeParse(said)
  if (!parsed.success) throw new TryLater('the translation service answers something else than a translation')
  return parsed.data.translatedText
}
