import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { homePages } from './home.tsx'
import { mapPages } from './map.tsx'
import { networkPages } from './network.tsx'
import { savedPages } from './saved-searches.tsx'
import { searchFeed } from './search-feed.ts'
import { searchPages } from './search.tsx'
import { sitemapPages } from './sitemap.ts'
import { timelinePages } from './timeline.tsx'

export const atlasPages = new Hono<Env>()
  .route('/', homePages)
  .route('/', mapPages)
  .route('/', searchPages)
  .route('/', searchFeed)
  .route('/', savedPages)
  .route('/', sitemapPages)
  .route('/', timelinePages)
  .route('/', networkPages)
