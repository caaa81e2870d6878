import { jobActor, operator } from '../../../platform/access/actor.ts'
import type { Command } from '../../../platform/cli/command.ts'
import { refuse } from '../../../platform/errors.ts'
import { formatNumber } from '../../../platform/i18n/format.ts'
import { matchListing } from '../actions/match-listing.ts'
import { rebuildMatches } from '../actions/rebuild.ts'
import { mayRebuild } from '../policy.ts'
import { publishedByNumber } from '../store/subjects.ts'
import { embeddings } from './embeddings.ts'

const every = 100

const rebuild: Command = {
  path: ['matches', 'rebuild'],
  summary: 'read all published listings anew and look for their counterparts; cut off, it goes on where it was',
  args: [],
  async run({ database, out, err, json }) {
    if (!mayRebuild(operator)) throw refuse('forbidden')
    const done = await rebuildMatches(database, { onStep: (n) => n % every === 0 && err(`${formatNumber(n, 'en')} listings`) })
    out(json ? JSON.stringify({ listings: done }) : `${formatNumber(done, 'en')} listings gone through.`)
  },
}

const one: Command = {
  path: ['matches', 'listing'],
  summary: 'read one published listing anew and look for its counterparts',
  args: [{ name: 'number', description: 'its number, such as OF-2026-0012' }],
  async run({ database, args, out, json }) {
    if (!mayRebuild(operator)) throw refuse('forbidden')
    const id = await database.read(jobActor, (db) => publishedByNumber(db, args['number'] ?? ''))
    const kept = id === undefined ? undefined : await matchListing(database, id)
    if (kept === undefined) throw refuse('not_found')
    out(json ? JSON.stringify({ listing: id, matches: kept }) : `${formatNumber(kept, 'en')} counterparts.`)
  },
}

export const matchingCommands: readonly Command[] = [rebuild, one, embeddings]
