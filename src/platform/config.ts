import { join, resolve } from 'node:path'
import { z } from 'zod'
import { parseRecipients } from './backup/encryption.ts'
import { refuse } from './errors.ts'
import { root } from './root.ts'

const postgresUrl = z.string().refine((value) => /^postgres(ql)?:\/\//.test(value), 'must begin with postgres:// or postgresql://')
const webUrl = z.string().refine((value) => /^https?:\/\/[^/]+$/.test(value), 'must be http(s)://host[:port] without a path')

/** Over plain HTTP whoever stands between could sign in as anybody; on this machine nobody stands between. */
const issuerUrl = z
  .string()
  .max(500, 'must have 500 characters at most')
  .refine(
    (value) => /^https:\/\/[^\s?#]+$/.test(value) || /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/[^\s?#]*)?$/.test(value),
    'must be an https address, or an http address of this machine itself (localhost)',
  )
  .refine((value) => URL.canParse(value), 'must be an address')

const serviceUrl = z
  .string()
  .max(500, 'must have 500 characters at most')
  .refine((value) => /^https?:\/\/[^\s?#@]+$/.test(value) && URL.canParse(value), 'must be an http(s) address without a login, a query or a fragment')

const mailFrom = /^(?:([^<>"\p{Cc}]+) <([^\s@<>,;:"]+@[^\s@<>,;:"]+)>|[^\s@<>,;:"]+@[^\s@<>,;:"]+)$/u

const openidNames = ['OPENID_ISSUER', 'OPENID_CLIENT_ID', 'OPENID_CLIENT_SECRET', 'OPENID_NAME'] as const

const environment = z
  .object({
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65535, 'must be a number from 0 to 65535')
      .default(3000),
    HOST: z.string().min(1, 'must not be empty').default('localhost'),
    PUENTE_DATA: z.string().min(1, 'must not be empty').default('./.puente'),
    DATABASE_URL: postgresUrl.optional(),
    DATABASE_OWNER_URL: postgresUrl.optional(),
    PUENTE_URL: webUrl.optional(),
    PUENTE_PROXIES: z.string().regex(/^\d$/, 'must be the number of proxies in front, 0 to 9').transform(Number).default(0),
    PUENTE_RATE: z
      .string()
      .regex(/^[1-9]\d{0,5}$/, 'must be a number of requests a minute, 1 or more')
      .transform(Number)
      .default(600),
    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
      .optional(),
    MAIL_FROM: z.string().regex(mailFrom, 'must be an address, or a name and the address in angle brackets: Puente <puente@example.org>').optional(),
    OPENID_ISSUER: issuerUrl.optional(),
    OPENID_CLIENT_ID: z.string().max(300, 'must have 300 characters at most').optional(),
    OPENID_CLIENT_SECRET: z.string().max(1000, 'must have 1000 characters at most').optional(),
    OPENID_NAME: z
      .string()
      .regex(/^[^\p{Cc}]{1,60}$/u, 'must be a name of 60 characters at most')
      .optional(),
    TRANSLATE_URL: serviceUrl.optional(),
    TRANSLATE_KEY: z.string().max(500, 'must have 500 characters at most').optional(),
    EMBEDDINGS_URL: serviceUrl.optional(),
    EMBEDDINGS_MODEL: z
      .string()
      .regex(/^[^\p{Cc}]{1,200}$/u, 'must be a name of 200 characters at most')
      .optional(),
    EMBEDDINGS_KEY: z.string().max(500, 'must have 500 characters at most').optional(),
    PUENTE_VOCABULARY: z
      .string()
      .min(1, 'must not be empty')
      .default(join(root, 'seeds', 'vocabulary')),
    PUENTE_BACKUP_RECIPIENTS: z
      .string()
      .transform((text, context) => {
        try {
          return parseRecipients(text)
        } catch (error) {
          context.addIssue({ code: 'custom', message: `must be public keys of age; ${error instanceof Error ? error.message : ''}` })
          return z.NEVER
        }
      })
      .default([]),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent').default('info'),
  })
  .superRefine((env, context) => {
    if (env.SMTP_URL && !env.MAIL_FROM)
      context.addIssue({ code: 'custom', path: ['MAIL_FROM'], message: 'is missing although SMTP_URL is set; mail needs a sender' })
    if (env.SMTP_URL && !env.PUENTE_URL)
      context.addIssue({
        code: 'custom',
        path: ['PUENTE_URL'],
        message: 'is missing although SMTP_URL is set; else whoever asks for a mail decides where its link leads',
      })
    const absent = openidNames.filter((name) => env[name] === undefined)
    if (absent.length < openidNames.length)
      for (const name of absent)
        context.addIssue({ code: 'custom', path: [name], message: 'is missing although another OPENID setting is set; all four or none' })
    if (env.TRANSLATE_KEY && !env.TRANSLATE_URL)
      context.addIssue({ code: 'custom', path: ['TRANSLATE_URL'], message: 'is missing although TRANSLATE_KEY is set' })
    if (env.EMBEDDINGS_URL && !env.EMBEDDINGS_MODEL)
      context.addIssue({
        code: 'custom',
        path: ['EMBEDDINGS_MODEL'],
        message: 'is missing although EMBEDDINGS_URL is set; what one model says, another does not understand',
      })
    for (const name of ['EMBEDDINGS_MODEL', 'EMBEDDINGS_KEY'] as const)
      if (env[name] && !env.EMBEDDINGS_URL) context.addIssue({ code: 'custom', path: ['EMBEDDINGS_URL'], message: `is missing although ${name} is set` })
    const missing = (path: string, other: string) =>
      context.addIssue({ code: 'custom', path: [path], message: `is missing although ${other} is set; both or neither` })
    if (env.DATABASE_URL && !env.DATABASE_OWNER_URL) missing('DATABASE_OWNER_URL', 'DATABASE_URL')
    if (env.DATABASE_OWNER_URL && !env.DATABASE_URL) missing('DATABASE_URL', 'DATABASE_OWNER_URL')
    if (env.DATABASE_URL && env.DATABASE_OWNER_URL && user(env.DATABASE_URL) === user(env.DATABASE_OWNER_URL))
      context.addIssue({
        code: 'custom',
        path: ['DATABASE_URL'],
        message: 'logs in as the same user as DATABASE_OWNER_URL; the application needs a login of its own that owns nothing',
      })
  })

export type Config = {
  port: number
  host: string
  /** Absolute path of the folder of the embedded database and the files. */
  data: string
  /** `undefined`: the embedded database. */
  postgres: { url: string; ownerUrl: string } | undefined
  /** Address that the public sees, without a slash at the end; `undefined`: taken from each request. */
  url: string | undefined
  /** How many proxies in front are trusted to name the visitor's address. */
  proxies: number
  /** Requests a minute that one address may make. */
  rate: number
  /** `undefined`: mail stays in the outbox. */
  smtp: { url: string; from: { name: string; address: string } } | undefined
  /** `undefined`: nobody signs in by a provider, and none is asked anything. */
  openid: OpenIdSettings | undefined
  /** `undefined`: texts stay in the languages in which they were written. */
  translate: TranslateSettings | undefined
  /** `undefined`: texts are compared by concepts and words alone. */
  embeddings: EmbeddingsSettings | undefined
  /** Folder of the CSV files that the vocabulary is loaded from. */
  vocabulary: string
  /** Public keys for which backups are encrypted; none: they are not. */
  backupRecipients: readonly string[]
  logLevel: string
}

/** A service that translates texts, as LibreTranslate does. `url`: without a slash at the end; `key`: if it asks for one. */
export type TranslateSettings = { url: string; key: string | undefined }

/** A service that turns texts into embeddings, as OpenAI's does. `url`: what comes before `/v1/embeddings`; `model`: as the service calls it; `key`: if it asks for one. */
export type EmbeddingsSettings = { url: string; model: string; key: string | undefined }

/** An OpenID Connect provider. `name`: as people call it. */
export type OpenIdSettings = { issuer: string; clientId: string; clientSecret: string; name: string }

/**
 * Reads the configuration from environment variables, all of them listed in `docs/operating.md`. Variables set to the empty string count as unset.
 *
 * @throws Refusal `config_invalid`, naming each variable and what is wrong with it, in one sentence.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(set)
  if (!parsed.success) {
    throw refuse('config_invalid', { reason: parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ') })
  }
  const {
    PORT,
    HOST,
    PUENTE_DATA,
    DATABASE_URL,
    DATABASE_OWNER_URL,
    PUENTE_URL,
    PUENTE_PROXIES,
    PUENTE_RATE,
    SMTP_URL,
    MAIL_FROM,
    TRANSLATE_URL,
    TRANSLATE_KEY,
    PUENTE_VOCABULARY,
    PUENTE_BACKUP_RECIPIENTS,
    LOG_LEVEL,
  } = parsed.data
  return Object.freeze({
    port: PORT,
    host: HOST,
    data: resolve(PUENTE_DATA),
    postgres: DATABASE_URL && DATABASE_OWNER_URL ? { url: DATABASE_URL, ownerUrl: DATABASE_OWNER_URL } : undefined,
    url: PUENTE_URL,
    proxies: PUENTE_PROXIES,
    rate: PUENTE_RATE,
    smtp: SMTP_URL && MAIL_FROM ? { url: SMTP_URL, from: sender(MAIL_FROM) } : undefined,
    openid: openidOf(parsed.data),
    translate: TRANSLATE_URL ? { url: TRANSLATE_URL.replace(/\/$/, ''), key: TRANSLATE_KEY } : undefined,
    embeddings: embeddingsOf(parsed.data),
    vocabulary: resolve(PUENTE_VOCABULARY),
    backupRecipients: PUENTE_BACKUP_RECIPIENTS,
    logLevel: LOG_LEVEL,
  })
}

function openidOf({ OPENID_ISSUER, OPENID_CLIENT_ID, OPENID_CLIENT_SECRET, OPENID_NAME }: z.output<typeof environment>): OpenIdSettings | undefined {
  if (!OPENID_ISSUER || !OPENID_CLIENT_ID || !OPENID_CLIENT_SECRET || !OPENID_NAME) return undefined
  // Written in one way only: identities are kept under it.
  return { issuer: new URL(OPENID_ISSUER).href, clientId: OPENID_CLIENT_ID, clientSecret: OPENID_CLIENT_SECRET, name: OPENID_NAME }
}

/** Written with `/v1` at the end, as many are used to, it is the same address. */
const embeddingsOf = ({ EMBEDDINGS_URL, EMBEDDINGS_MODEL, EMBEDDINGS_KEY }: z.output<typeof environment>): EmbeddingsSettings | undefined =>
  EMBEDDINGS_URL && EMBEDDINGS_MODEL
    ? { url: EMBEDDINGS_URL.replace(/(\/v1(\/embeddings)?)?\/?$/, ''), model: EMBEDDINGS_MODEL, key: EMBEDDINGS_KEY }
    : undefined

function sender(text: string): { name: string; address: string } {
  const [, name, address] = mailFrom.exec(text) ?? []
  return { name: name?.trim() ?? '', address: address ?? text }
}

/** The login name in a connection address; libpq also takes addresses without a host, which `URL` does not. */
const user = (url: string): string => decodeURIComponent(/^postgres(?:ql)?:\/\/([^:@/?]*)[:@]/.exec(url)?.[1] ?? '')
