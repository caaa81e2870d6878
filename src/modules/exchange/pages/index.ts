import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { browsePages } from './browse.tsx'
import { listingPages } from './listing.tsx'
import { writePages } from './write.tsx'

// Before the page of one listing, whose address would take "new" for an id.
export const exchangePages = [browsePages, writePages, listingPages].reduce((pages, part) => pages.route('/', part), new Hono<Env>())
