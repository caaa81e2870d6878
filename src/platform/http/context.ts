import type { Context, Hono } from 'hono'
import type { Logger } from 'pino'
import type { Actor } from '../access/actor.ts'
import type { KeyScope } from '../access/scopes.ts'
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import type { DeskPage } from '../desk.ts'
import type { FileStore } from '../files/files.ts'
import type { Language } from '../i18n/languages.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { Assets } from '../ui/assets.ts'
import type { NavigationItem } from '../ui/view.ts'
import type { Section } from './sections.ts'

/** What the whole server shares. */
export type Deps = {
  config: Config
  database: Database
  files: FileStore
  secrets: Secrets
  assets: Assets
  navigation: readonly NavigationItem[]
  desk: readonly DeskPage[]
  /** What keys may reach. */
  scopes: readonly KeyScope[]
  logger: Logger
  /** Only in a demonstration: the pages on which one chooses who one is. Its presence marks every page. */
  demo?: Hono<Env> | undefined
  /** False while the server ends: it takes no new work. */
  ready: () => boolean
}

/** What is known of one request before it reaches its handler. */
export type Env = {
  Variables: {
    deps: Deps
    requestId: string
    language: Language
    /** `/es` when the address names the language, else empty. */
    languagePrefix: string
    actor: Actor
    /** Where the log stands for the public, if this request asked. */
    position?: string
    /** The answer may become another without an entry in the log that its reader sees, so it is made each time. */
    changesUnlogged?: boolean
    /** Links at the foot of each page, handed in by modules. */
    footer?: readonly NavigationItem[]
    /** Parts of pages, handed in by modules. */
    sections?: readonly Section[]
  }
}

export type Ctx = Context<Env>

/** Whether a request wants data rather than a page. */
export const isApi = (c: Ctx): boolean => c.req.path.startsWith('/api/')

/** The address under which the public reaches this server, without a slash at the end. */
export const publicUrl = (c: Ctx): string => c.var.deps.config.url ?? new URL(c.req.url).origin
