import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Hono } from 'hono'
import type { KeyScope } from './access/scopes.ts'
import type { Command } from './cli/command.ts'
import type { Scope } from './db/database.ts'
import type { DeskPage } from './desk.ts'
import type { Env } from './http/context.ts'
import type { JobKind } from './jobs/job.ts'
import type { Upload } from './http/limits.ts'
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
  /** Its pages of the desk; most modules have none. */
  desk?: readonly DeskPage[]
  /** What keys may reach of it. */
  scopes?: readonly KeyScope[]
  /** What it does after a transaction has ended; most modules have none. */
  jobs?: readonly JobKind[]
  /** Its forms that carry files; every other body is a small one of fields. */
  uploads?: readonly Upload[]
}
