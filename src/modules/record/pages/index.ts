import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { chartPages } from './charts.tsx'
import { claimPages } from './claims.tsx'
import { correctionPages } from './corrections.tsx'
import { deskCorrectionPages } from './desk-corrections.tsx'
import { entryPages } from './entries.tsx'
import { feedPages } from './feed.ts'
import { historyPages } from './history.tsx'
import { listPages } from './lists.tsx'

export const recordPages = new Hono<Env>()
  .route('/', chartPages)
  .route('/', listPages)
  .route('/', feedPages)
  .route('/', entryPages)
  .route('/', historyPages)
  .route('/', correctionPages)
  .route('/', claimPages)
  .route('/', deskCorrectionPages)
