import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Hono, MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import type { KeyScope } from './access/scopes.ts'
import type { Command } from './cli/command.ts'
import type { Config } from './config.ts'
import type { Database, Scope } from './db/database.ts'
import type { DeskPage } from './desk.ts'
import type { Env } from './http/context.ts'
import type { JobKind } from './jobs/job.ts'
import type { Upload } from './http/limits.ts'
import type { Section } from './http/sections.ts'
import type { NavigationItem } from './ui/view.ts'

/** What a module hands in; `src/modules.ts` lists them all. */
export type Module = {
  name: string
  pages: Hono<Env>
  api: OpenAPIHono<Env>
  commands: readonly Command[]
  navigation: readonly NavigationItem[]
  /** Links at the foot of every page, as far as there is something to link to; asked again when the log has moved. */
  footer?: (db: Scope) => Promise<readonly NavigationItem[]>
  /** Its parts of other modules' pages; most modules have none. */
  sections?: readonly Section[]
  /** Its pages of the desk; most modules have none. */
  desk?: readonly DeskPage[]
  /** What keys may reach of it. */
  scopes?: readonly KeyScope[]
  /** What it does after a transaction has ended; most modules have none. */
  jobs?: readonly JobKind[]
  /** Its forms that carry files; every other body is a small one of fields. */
  uploads?: readonly Upload[]
  /** What it notes of requests to the public, also of those that are answered from what was kept. It answers nothing itself. */
  notes?: MiddlewareHandler<Env>
  /** What it does now and then while a server runs, besides jobs. @returns ends it, with what is still to be done */
  begin?: (deps: { config: Config; database: Database; logger: Logger }) => () => Promise<void>
}
