import { Hono } from 'hono'
import type { Column } from '../../../platform/download/column.ts'
import { csvStream } from '../../../platform/download/csv.ts'
import { contentDisposition, mediaTypes } from '../../../platform/download/disposition.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { viewOf } from '../../../platform/http/view.ts'
import { countryName } from '../../../platform/i18n/format.ts'
import { htmlLanguage } from '../../../platform/i18n/languages.ts'
import { parseInput } from '../../../platform/issues.ts'
import { Kept } from '../../../platform/log/kept.ts'
import { logPosition } from '../../../platform/log/log.ts'
import { pathOf, readNetwork, timelineChoices, type NetworkEdge } from '../../record/index.ts'
import { layOut, type Network } from '../rules/network-layout.ts'
import { tiesOf } from '../rules/network.ts'
import { networkFilter, networkKinds, type NetworkInput } from '../schema.ts'
import { atlasTexts } from '../text/index.ts'
import { NetworkPage } from '../views/network.tsx'

export const networkPages = new Hono<Env>()

/** More would be a ball of wool, and too heavy for a slow line. */
const limits = { nodes: 150, edges: 240, entries: 8 }
const kept = new Kept<Network>(50)
const keptCountries = new Kept<string[]>(4)

networkPages.get('/network', async (c) => {
  const filter = parseInput(networkFilter, c.req.query())
  const { network, countries } = await networkOf(c, filter)
  const byName = new Intl.Collator(htmlLanguage[c.var.language])
  const named = countries.toSorted((a, b) => byName.compare(countryName(a, c.var.language), countryName(b, c.var.language)))
  return c.html(<NetworkPage view={viewOf(c)} say={atlasTexts[c.var.language]} filter={filter} network={network} countries={named} />)
})

networkPages.get('/network.csv', async (c) => {
  const { network } = await networkOf(c, parseInput(networkFilter, c.req.query()))
  return c.body(csvStream(columnsOf(network, viewOf(c).base), network.edges, { header: 'key' }), 200, {
    'Content-Type': mediaTypes.csv,
    'Content-Disposition': contentDisposition('network', 'csv'),
  })
})

/** As long as nothing is logged, a read costs one look at the log: the network and its picture are worked out once. */
async function networkOf(c: Ctx, filter: NetworkInput): Promise<{ network: Network; countries: string[] }> {
  const { database } = c.var.deps
  const position = await database.read(c.var.actor, logPosition)
  const { pillar, kind, period, country, countries: withCountries } = filter
  const network = await kept.get(database, `${position} ${JSON.stringify([pillar, kind, period, country, withCountries])}`, async () => {
    const asked = { ties: tiesOf(filter), period, country, countries: withCountries === 'yes' }
    return layOut(await database.read(c.var.actor, (db) => readNetwork(db, asked, limits)))
  })
  const countries = await keptCountries.get(database, position, async () => {
    const choices = await database.read(c.var.actor, (db) => timelineChoices(db, networkKinds, undefined))
    return choices.countries
  })
  return { network, countries }
}

function columnsOf({ nodes }: Network, base: string): Column<NetworkEdge>[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const text = (name: string, value: (row: NetworkEdge) => string | null | undefined): Column<NetworkEdge> => ({ key: name, label: name, value })
  const nameOf = (id: string) => {
    const title = byId.get(id)?.title
    return title ? (title.en ?? Object.values(title)[0]) : countryName(id, 'en')
  }
  const address = (id: string) => (byId.get(id)?.title ? `${base}${pathOf({ entry: 'organization', key: id })}` : undefined)
  return [
    text('a', ({ a }) => a),
    text('a_name', ({ a }) => nameOf(a)),
    text('a_country', ({ a }) => byId.get(a)?.country),
    text('b', ({ b }) => b),
    text('b_name', ({ b }) => nameOf(b)),
    text('b_country', ({ b }) => byId.get(b)?.country),
    { key: 'entries', label: 'entries', kind: 'number', value: ({ n }) => n },
    text('newest', ({ entries }) => entries.map((entry) => `${base}${pathOf(entry)}`).join(' ')),
    text('a_address', ({ a }) => address(a)),
    text('b_address', ({ b }) => address(b)),
  ]
}
