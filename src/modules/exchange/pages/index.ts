import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { attachmentPages } from './attachments.tsx'
import { browsePages } from './browse.tsx'
import { interestPages } from './interests.tsx'
import { listingPages } from './listing.tsx'
import { sheetPages } from './sheets.tsx'
import { writePages } from './write.tsx'

// Before the page of one listing, whose address would take "new" for an id.
export const exchangePages = [browsePages, writePages, sheetPages, attachmentPages, interestPages, listingPages].reduce(
  (pages, part) => pages.route('/', part),
  new Hono<Env>(),
)
