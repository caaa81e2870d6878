import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { correctionPages } from './corrections.tsx'
import { entryPages } from './entries.tsx'
import { listPages } from './lists.tsx'

export const recordPages = new Hono<Env>().route('/', listPages).route('/', entryPages).route('/', correctionPages)
