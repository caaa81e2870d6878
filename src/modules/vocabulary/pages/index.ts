import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { conceptPages } from './concepts.tsx'
import { curationPages } from './curation.tsx'
import { proposalPages } from './proposals.tsx'

export const vocabularyPages = new Hono<Env>().route('/', proposalPages).route('/', conceptPages).route('/', curationPages)
