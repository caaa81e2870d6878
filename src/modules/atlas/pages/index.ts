import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { homePages } from './home.tsx'
import { searchPages } from './search.tsx'
import { sitemapPages } from './sitemap.ts'

export const atlasPages = new Hono<Env>().route('/', homePages).route('/', searchPages).route('/', sitemapPages)
