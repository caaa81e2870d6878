import MiniSearch from 'minisearch'
import pg from 'pg'
import { ownerName } from '../../test/support/postgres.ts'
import type { ListingsSite } from '../cases/listings-site.ts'
import type { Question } from '../fixtures/listing-questions.ts'

/** Something that answers the same questions about the same listings: texts found by words, and the best of the other direction for a new one. */
export type Peer = { name: string; asks: Record<string, (question: Question) => Promise<unknown>>; end: () => Promise<void> }
type Open = (say: (line: string) => void) => Promise<Peer>

/** Beyond, what MiniSearch keeps does not fit into the memory of a process as it comes. */
const mostInMemory = 200_000
const found = 20
const counterparts = 50

/** What to compare a site with, opened one after the other. Both search the texts alone: nobody's rights, nothing counted, no page made. */
export const openPeers = (site: ListingsSite): Open[] =>
  site.server === undefined
    ? []
    : [(say) => postgresText(site, say), ...(site.listings <= mostInMemory ? [(say: (line: string) => void) => miniSearch(site, say)] : [])]

const connect = async ({ server, name }: ListingsSite) => {
  const client = new pg.Client(server?.url(ownerName, name))
  await client.connect()
  return client
}

const text =
  "(select string_agg(t, ' ') from (select jsonb_each_text(l.title) union all select jsonb_each_text(l.body)) e (each), lateral (select (each).value) v (t))"

/** PostgreSQL's own full-text search with the configuration `simple`, `ts_rank` and a GIN index. */
async function postgresText(site: ListingsSite, say: (line: string) => void): Promise<Peer> {
  const client = await connect(site)
  const { rows } = await client.query<{ there: boolean }>("select to_regclass('bench.text') is not null as there")
  if (rows[0]?.there !== true) {
    say('Making the index of PostgreSQL simple …')
    await client.query(`create table bench.text as select l.id, l.direction, to_tsvector('simple', ${text}) as words from exchange.listing l`)
    await client.query('create index on bench.text using gin (words)')
    await client.query('vacuum analyze bench.text')
  }
  return {
    name: 'PostgreSQL simple',
    asks: {
      search: (asked) =>
        client.query(`select id from bench.text, websearch_to_tsquery('simple', $1) q where words @@ q order by ts_rank(words, q) desc limit ${found}`, [
          asked.text,
        ]),
      'publish and match': async (asked) => {
        await client.query("insert into bench.text values (gen_random_uuid(), $1, to_tsvector('simple', $2))", [asked.direction, asked.text])
        await client.query(
          `with asked as (select string_agg(quote_literal(lexeme), ' | ')::tsquery as q from unnest(to_tsvector('simple', $2)))
           select id from bench.text, asked where words @@ q and direction <> $1 order by ts_rank(words, q) desc limit ${counterparts}`,
          [asked.direction, asked.text],
        )
      },
    },
    end: () => client.end(),
  }
}

/** MiniSearch as it comes, in the memory of this process. */
async function miniSearch(site: ListingsSite, say: (line: string) => void): Promise<Peer> {
  say('Making the index of MiniSearch …')
  const client = await connect(site)
  const index = new MiniSearch<{ id: string; text: string; direction: string }>({ fields: ['text'], storeFields: ['direction'] })
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const { rows } = await client.query<{ id: string; text: string; direction: string }>(
      `select l.id, l.direction, ${text} as text from exchange.listing l where l.id > $1 order by l.id limit 5000`,
      [after],
    )
    index.addAll(rows)
    const last = rows.at(-1)
    if (last === undefined) break
    after = last.id
  }
  await client.end()
  say(`… which keeps ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`)
  let added = 0
  return {
    name: 'MiniSearch',
    asks: {
      search: (asked) => Promise.resolve(index.search(asked.text, { combineWith: 'AND' }).slice(0, found)),
      'publish and match': ({ text: said, direction }) => {
        index.add({ id: `fresh-${added++}`, text: said, direction })
        return Promise.resolve(index.search(said, { filter: (result) => result['direction'] !== direction }).slice(0, counterparts))
      },
    },
    end: () => Promise.resolve(),
  }
}
