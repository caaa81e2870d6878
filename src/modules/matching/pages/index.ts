import { Hono } from 'hono'
import type { Env } from '../../../platform/http/context.ts'
import { matchFeed } from './feed.ts'
import { introductionPages } from './introductions.tsx'
import { matchPages } from './matches.tsx'
import { noticePages } from './notices.tsx'

export const matchingPages = [matchPages, introductionPages, noticePages, matchFeed].reduce((pages, part) => pages.route('/', part), new Hono<Env>())
