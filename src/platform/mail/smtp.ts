import { createTransport } from 'nodemailer'
import type { Config } from '../config.ts'
import { htmlLanguage, type Language } from '../i18n/languages.ts'

/** A mail as it goes out. */
export type Letter = { id: string; to: string; language: Language; subject: string; text: string; madeAt: Date }

/** How an attempt ended: with words when the other side did not take it, for good (`refused`) or for now (`delayed`). */
export type Answer = { what: 'sent' } | { what: 'refused' | 'delayed'; words: string }

const seconds = 1000

/**
 * Hands a mail to the configured server. The same mail has the same bytes each time, `Message-ID` and `Date` too, so that whoever gets it twice sees it once.
 *
 * @param signal ends the attempt; the connection is closed
 */
export async function sendLetter(smtp: NonNullable<Config['smtp']>, letter: Letter, signal: AbortSignal): Promise<Answer> {
  const transport = createTransport({
    url: smtp.url,
    connectionTimeout: 20 * seconds,
    greetingTimeout: 20 * seconds,
    socketTimeout: 60 * seconds,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const host = smtp.from.address.slice(smtp.from.address.lastIndexOf('@') + 1)
  try {
    await transport.sendMail({
      envelope: { from: smtp.from.address, to: [letter.to] },
      from: smtp.from,
      to: { name: '', address: letter.to },
      subject: letter.subject,
      text: letter.text,
      messageId: `<${letter.id}@${host}>`,
      date: letter.madeAt,
      headers: {
        'Auto-Submitted': 'auto-generated',
        'Content-Language': htmlLanguage[letter.language],
      },
      signal,
    })
    return { what: 'sent' }
  } catch (error) {
    return answerOf(error)
  } finally {
    transport.close()
  }
}

/** What a server says of itself or of us, such as that the login is wrong, can be mended; what it says with 5xx of this mail stays true. */
function answerOf(error: unknown): Answer {
  const { code, responseCode, response, message } = error as { code?: string; responseCode?: number; response?: string; message?: string }
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  // 530 asks us to log in, or to use TLS, first.
  const isForGood = isAboutMail && responseCode !== undefined && responseCode >= 500 && responseCode !== 530
  return { what: isForGood ? 'refused' : 'delayed', words: response ?? message ?? String(error) }
}
