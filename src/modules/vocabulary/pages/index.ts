import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { conceptPages } from './concepts.tsx'

export const vocabularyPages = new Hono<Env>().route('/', conceptPages)
