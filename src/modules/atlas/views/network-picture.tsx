import { countryName } from '../../../platform/i18n/format.ts'
import { htmlLanguage, pickText } from '../../../platform/i18n/languages.ts'
import type { View } from '../../../platform/ui/view.ts'
import { pathOf, type NetworkEdge } from '../../record/index.ts'
import { placeLabels, shorten, type Label } from '../rules/network-labels.ts'
import { picture, type Network, type PlacedNode } from '../rules/network-layout.ts'
import type { AtlasSay } from '../text/index.ts'

type Props = { view: View; say: AtlasSay; network: Network }

/** The page of a participant; of a country, its organizations. */
export const nodePath = ({ id, title }: PlacedNode): string => (title === null ? `/organizations?country=${id}` : pathOf({ entry: 'organization', key: id }))

/** The network drawn: every sign a link, every line with what it stands for. The strongest lie on top. */
export function NetworkPicture({ view, say, network }: Props) {
  const { nodes, edges } = network
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const names = new Map(nodes.map((node) => [node.id, nameOf(view, node)]))
  const labels = placeLabels(nodes, (node) => names.get(node.id)?.short ?? '')
  return (
    <figure class="network">
      <Legend view={view} say={say} nodes={nodes} />
      <div class="wide" tabindex={0} role="region" aria-label={say('network.picture')}>
        <svg viewBox={`0 0 ${picture.width} ${picture.height}`} role="group" aria-label={say('network.picture')}>
          {edges.toReversed().map((edge) => {
            const [a, b] = [byId.get(edge.a), byId.get(edge.b)]
            return a && b && <Tie view={view} say={say} edge={edge} a={a} b={b} names={names} />
          })}
          {nodes
            .toSorted((a, b) => a.n - b.n)
            .map((node) => (
              <Participant view={view} node={node} name={names.get(node.id)} label={labels.get(node.id)} />
            ))}
        </svg>
      </div>
    </figure>
  )
}

type Name = { full: string; short: string; language: string | undefined }

/** Acronyms are the same in every script; a name in another language is marked with it. */
function nameOf(view: View, { id, title, acronym }: PlacedNode): Name {
  const picked = title === null ? undefined : pickText(title, view.language, title.original)
  const full = picked?.text ?? countryName(id, view.language)
  const language = picked && picked.language !== view.language ? htmlLanguage[picked.language] : undefined
  return acronym === null ? { full, short: shorten(full), language } : { full: `${full} (${acronym})`, short: shorten(acronym), language: undefined }
}

const mostNamed = 2

function Tie({ view, say, edge, a, b, names }: Omit<Props, 'network'> & { edge: NetworkEdge; a: PlacedNode; b: PlacedNode; names: Map<string, Name> }) {
  const what = say('network.tie', { a: names.get(a.id)?.short ?? a.id, b: names.get(b.id)?.short ?? b.id, n: edge.n })
  const entries = edge.entries.slice(0, mostNamed).map(({ title }) => pickText(title, view.language, title.original)?.text ?? '')
  return (
    <path d={`M${a.x} ${a.y}L${b.x} ${b.y}`} class={`w${Math.min(edge.n, 5)}`}>
      <title>{`${what}\n${entries.join('\n')}${edge.n > mostNamed ? '\n…' : ''}`}</title>
    </path>
  )
}

function Participant({ view, node, name, label }: { view: View; node: PlacedNode; name: Name | undefined; label: Label | undefined }) {
  return (
    <a href={view.link(nodePath(node))} class={node.title === null ? 'state' : undefined}>
      <title>{name?.full}</title>
      <Sign country={node.country} x={node.x} y={node.y} r={node.r} />
      {label && (
        <text
          x={label.x}
          y={label.y}
          class={label.shown ? undefined : 'more'}
          text-anchor={label.anchor === 'start' ? undefined : label.anchor}
          lang={name?.language}
        >
          {name?.short}
        </text>
      )}
    </a>
  )
}

const signs: Record<string, 'circle' | 'square' | 'triangle'> = { CU: 'circle', CN: 'square', VN: 'triangle' }

/** One form for each of the three countries, a fourth for all others, of about the same area: they are told apart without colour. */
function Sign({ country, x, y, r }: { country: string; x: number; y: number; r: number }) {
  const side = Math.round(r * 0.9)
  const tall = Math.round(r * 1.25)
  switch (signs[country]) {
    case 'circle':
      return <circle cx={x} cy={y} r={r} />
    case 'square':
      return <path d={`M${x - side} ${y - side}h${2 * side}v${2 * side}h${-2 * side}z`} />
    case 'triangle':
      return <path d={`M${x} ${y - tall}l${tall} ${2 * r}h${-2 * tall}z`} />
    default:
      return <path d={`M${x} ${y - tall}l${tall} ${tall}l${-tall} ${tall}l${-tall} ${-tall}z`} />
  }
}

function Legend({ view, say, nodes }: { view: View; say: AtlasSay; nodes: readonly PlacedNode[] }) {
  const known = Object.keys(signs).filter((country) => nodes.some((node) => node.country === country))
  const item = (country: string, words: string) => (
    <li>
      <svg class="sign" viewBox="0 0 20 20" aria-hidden="true">
        <Sign country={country} x={10} y={10} r={7} />
      </svg>
      {words}
    </li>
  )
  return (
    <ul class="network-legend" aria-label={say('network.legend')}>
      {known.map((country) => item(country, countryName(country, view.language)))}
      {nodes.some(({ country }) => !(country in signs)) && item('', say('network.others'))}
      {nodes.some(({ title }) => title === null) && (
        <li>
          <svg class="sign state" viewBox="0 0 20 20" aria-hidden="true">
            <Sign country="CU" x={10} y={10} r={7} />
          </svg>
          {say('network.a-country')}
        </li>
      )}
      <li>{say('network.size')}</li>
    </ul>
  )
}
