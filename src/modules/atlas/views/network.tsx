import { countryName, formatNumber } from '../../../platform/i18n/format.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Table, withQuery, type Column } from '../../../platform/ui/table.tsx'
import { EdtfDate, Text } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import { pathOf, recordTexts, type NetworkEdge } from '../../record/index.ts'
import type { Network, PlacedNode } from '../rules/network-layout.ts'
import type { NetworkInput } from '../schema.ts'
import type { AtlasSay } from '../text/index.ts'
import { NetworkForm } from './network-form.tsx'
import { NetworkPicture, nodePath } from './network-picture.tsx'

export type NetworkProps = { view: View; say: AtlasSay; filter: NetworkInput; network: Network; countries: readonly string[] }

type Shown = Pick<NetworkProps, 'view' | 'say' | 'network'>

/** The picture has every pair drawn; a table as long would weigh too much on a slow line. */
const mostRows = 40

/** Who works with whom: the picture, and the pairs as a table. */
export function NetworkPage(props: NetworkProps) {
  const { view, say, filter, network, countries } = props
  return (
    <Layout view={view} title={say('network.title')} description={say('network.lead')}>
      <section class="lead">
        <h1>{say('network.title')}</h1>
        <p>{say('network.lead')}</p>
      </section>
      <NetworkForm view={view} say={say} filter={filter} countries={countries} />
      {network.edges.length === 0 ? <Empty {...props} /> : <Found view={view} say={say} network={network} />}
    </Layout>
  )
}

function Empty({ view, say, filter }: NetworkProps) {
  return (
    <section class="stack">
      <p class="empty" role="status">
        {say('network.empty')}
      </p>
      {filter.countries === undefined && <a href={withQuery(view, { countries: 'yes' })}>{say('network.empty-countries')}</a>}
    </section>
  )
}

function Found({ view, say, network }: Shown) {
  const { nodes, edges, allNodes, allEdges } = network
  const number = (n: number) => formatNumber(n, view.language)
  return (
    <>
      <section class="stack">
        <p class="small" role="status">
          {say('network.nodes', { n: allNodes })} · {say('network.pairs', { n: allEdges })} · <a href="#pairs">{say('network.to-table')}</a>
        </p>
        {(allNodes > nodes.length || allEdges > edges.length) && (
          <p class="note">{say('network.capped', { nodes: number(nodes.length), pairs: number(edges.length), allNodes: number(allNodes) })}</p>
        )}
        <NetworkPicture view={view} say={say} network={network} />
      </section>
      <Pairs view={view} say={say} network={network} />
    </>
  )
}

function Pairs({ view, say, network }: Shown) {
  const record = recordTexts[view.language]
  const rows = network.edges.slice(0, mostRows)
  return (
    <section id="pairs">
      <div class="head">
        <h2>{say('network.table')}</h2>
        {rows.length < network.edges.length && <small>{say('network.table-part', { n: rows.length })}</small>}
      </div>
      <Table view={view} caption={say('network.table')} columns={columnsOf(view, say, network)} page={{ rows, next: undefined, previous: undefined }} sort="" />
      <p class="small">
        {record('download.title')}:{' '}
        <a href={csvLink(view)} download>
          {'CSV'}
        </a>{' '}
        <span class="quiet">{record('download.licence')}</span>
      </p>
    </section>
  )
}

function columnsOf(view: View, say: AtlasSay, { nodes }: Network): Column<NetworkEdge>[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  return [
    { key: 'a', label: say('network.one'), cell: ({ a }) => <Participant view={view} node={byId.get(a)} /> },
    { key: 'b', label: say('network.other'), cell: ({ b }) => <Participant view={view} node={byId.get(b)} /> },
    { key: 'n', label: say('network.n'), numeric: true, cell: ({ n }) => formatNumber(n, view.language) },
    { key: 'entries', label: say('network.newest'), cell: (edge) => <Ties view={view} edge={edge} /> },
  ]
}

function Participant({ view, node }: { view: View; node: PlacedNode | undefined }) {
  if (!node) return null
  return (
    <a href={view.link(nodePath(node))}>
      {node.title === null ? (
        countryName(node.id, view.language)
      ) : (
        <Text view={view} text={node.title} {...(node.title.original && { original: node.title.original })} />
      )}
    </a>
  )
}

const mostTies = 2

function Ties({ view, edge }: { view: View; edge: NetworkEdge }) {
  const shown = edge.entries.slice(0, mostTies)
  return (
    <ul class="ties">
      {shown.map((tie) => (
        <li>
          <a href={view.link(pathOf(tie))}>
            <Text view={view} text={tie.title} {...(tie.title.original && { original: tie.title.original })} />
          </a>{' '}
          <small>
            {recordTexts[view.language](`entry.${tie.entry}`)}
            {tie.date !== null && ', '}
            {tie.date !== null && <EdtfDate view={view} date={tie.date} />}
          </small>
        </li>
      ))}
      {edge.n > shown.length && <li class="quiet">{`+${edge.n - shown.length}`}</li>}
    </ul>
  )
}

function csvLink(view: View): string {
  const query = new URLSearchParams([...view.query].filter(([, value]) => value !== ''))
  return `${view.link('/network.csv')}${query.size === 0 ? '' : `?${query.toString()}`}`
}
