import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { correctionPages } from './corrections.tsx'
import { entryPages } from './entries.tsx'
import { feedPages } from './feed.ts'
import { listPages } from './lists.tsx'

export const recordPages = new Hono<Env>().route('/', listPages).route('/', feedPages).route('/', entryPages).route('/', correctionPages)
