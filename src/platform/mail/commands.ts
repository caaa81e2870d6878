import { operator } from '../access/actor.ts'
import type { Command } from '../cli/command.ts'
import { refuse, Refusal } from '../errors.ts'
import { platformTexts } from '../i18n/index.ts'
import { isLanguage, languages } from '../i18n/languages.ts'
import { Secrets } from '../secrets/secrets.ts'
import { mailInput, queueMail } from './mail.ts'
import { bodyPlace, listUnsent, type Unsent } from './store.ts'

/** `puente mail test`: a mail to try the way with. */
export const mailTest: Command = {
  path: ['mail', 'test'],
  summary: 'send a mail to try whether mail goes out',
  args: [{ name: 'address', description: 'where to' }],
  options: [{ name: 'language', description: languages.join(', '), default: 'en' }],
  async run({ config, database, args, options, out, json }) {
    const to = args['address'] ?? ''
    const language = options['language']
    if (!isLanguage(language)) throw refuse('usage', { reason: `--language takes one of ${languages.join(', ')}` })
    if (!mailInput.shape.to.safeParse(to).success) throw refuse('usage', { reason: `${to} is not the address of a mailbox` })
    const say = platformTexts[language]
    const mail = { to, language, subject: say('mail.test.subject'), body: say('mail.test.body'), endsInMinutes: 60 }
    const id = await database.write(operator, (db) => queueMail(db, new Secrets(config.data), mail))
    const waits = config.smtp ? 'if it does not go out soon, "puente outbox" says why' : 'no mail server is configured, so it waits in the outbox'
    out(json ? JSON.stringify({ id, smtp: config.smtp !== undefined }) : `Queued as ${id}; ${waits}.`)
  },
}

/** `puente outbox`: the mails that have not gone out, and why, with what they say. */
export const outbox: Command = {
  path: ['outbox'],
  summary: 'list the mails that have not been sent, newest first, with what they say',
  args: [],
  options: [{ name: 'limit', description: 'how many', default: '50' }],
  async run({ config, database, options, out, json }) {
    const limit = Number(options['limit'])
    if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw refuse('usage', { reason: '--limit takes a number from 1 to 1000' })
    const secrets = new Secrets(config.data)
    const mails = await Promise.all((await database.read(operator, (db) => listUnsent(db, limit))).map((mail) => opened(mail, secrets)))
    if (json) return out(JSON.stringify(mails))
    if (mails.length === 0) out('Every mail has been sent.')
    for (const mail of mails)
      out(
        [
          `${mail.made_at.toISOString()}  ${mail.state}  ${mail.to}`,
          ...(mail.refusal === null ? [] : [`  Answer: ${mail.refusal.replaceAll(/\s+/g, ' ')}`]),
          `  Subject: ${mail.subject}`,
          ...(mail.body ?? `(${['ended', 'withdrawn'].includes(mail.state) ? 'emptied' : 'cannot be opened: seal-key is another one'})`)
            .split('\n')
            .map((line) => `  ${line}`.trimEnd()),
        ].join('\n'),
      )
  },
}

async function opened({ id, made_at, ends_at, recipient, language, subject, body, attempts, refused_at, refusal, withdrawn_at }: Unsent, secrets: Secrets) {
  const text = body === null ? null : await secrets.open(body, bodyPlace(id)).catch(ifUnreadable)
  const state = withdrawn_at ? 'withdrawn' : refused_at ? 'refused' : body === null ? 'ended' : 'waiting'
  return { id, state, made_at, ends_at, to: recipient, language, subject, body: text, attempts, refused_at, refusal }
}

/** One that cannot be opened must not hide the others. */
function ifUnreadable(error: unknown): null {
  if (error instanceof Refusal && error.code === 'sealed_unreadable') return null
  throw error
}
