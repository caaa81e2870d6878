import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { browsePages } from './browse.tsx'
import { callPages } from './call.tsx'
import { deskPages } from './desk.tsx'
import { pledgePages } from './pledges.tsx'
import { writePages } from './write.tsx'

// Before the page of one call, whose address would take "new" for an id.
export const callsPages = [browsePages, writePages, pledgePages, callPages, deskPages].reduce((pages, part) => pages.route('/', part), new Hono<Env>())
