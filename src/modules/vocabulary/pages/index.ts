import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { conceptPages } from './concepts.tsx'
import { curationPages } from './curation.tsx'
import { vocabularyFeed } from './feed.ts'
import { ownProposalPages } from './own-proposals.tsx'
import { proposalPages } from './proposals.tsx'

export const vocabularyPages = new Hono<Env>()
  .route('/', proposalPages)
  .route('/', ownProposalPages)
  .route('/', vocabularyFeed)
  .route('/', conceptPages)
  .route('/', curationPages)
