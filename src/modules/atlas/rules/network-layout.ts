import { setImmediate } from 'node:timers/promises'
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force'
import type { NetworkNode, NetworkRows } from '../../record/index.ts'

/** The size of the picture, in its own units. */
export const picture = { width: 1000, height: 680, margin: 26 }

export type PlacedNode = NetworkNode & { x: number; y: number; r: number }
export type Network = Omit<NetworkRows, 'nodes'> & { nodes: PlacedNode[] }

const rounds = 300
/** The other requests get their turn after so many milliseconds. */
const longestTurn = 12

/**
 * Gives everybody in a network a place: those who work together near each other, and by country as on a map with the Pacific in the middle. The same network gets the same
 * picture at every visit, and one that grows by an entry nearly the same: each begins at a place that follows from its name, and the rounds are counted.
 */
export async function layOut(rows: NetworkRows): Promise<Network> {
  const nodes = rows.nodes.map((node) => ({ ...node, r: radius(node.n), ...beginning(node) }))
  const places = new Map(nodes.map((node) => [node.id, node]))
  const links = rows.edges.flatMap(({ a, b, n }) => {
    const [source, target] = [places.get(a), places.get(b)]
    return source && target ? [{ source, target, n }] : []
  })
  const simulation = forceSimulation(nodes)
    .force(
      'together',
      forceLink<(typeof nodes)[number], (typeof links)[number]>(links)
        .distance(({ source, target }) => 30 + source.r + target.r)
        .strength(({ n }) => Math.min(0.8, 0.25 + n / 15)),
    )
    .force(
      'apart',
      forceManyBody<(typeof nodes)[number]>()
        .strength((node) => -110 - 9 * node.r)
        .distanceMax(320),
    )
    .force(
      'touching',
      forceCollide<(typeof nodes)[number]>(({ r }) => r + 9),
    )
    .force('x', forceX<(typeof nodes)[number]>((node) => homeOf(node).x).strength(0.07))
    .force('y', forceY<(typeof nodes)[number]>((node) => homeOf(node).y).strength(0.09))
    .stop()
  let turn = performance.now()
  for (let round = 0; round < rounds; round++) {
    simulation.tick()
    if (performance.now() - turn < longestTurn) continue
    await setImmediate()
    turn = performance.now()
  }
  return { ...rows, nodes: fit(nodes) }
}

const radius = (n: number) => Math.round(5 + 2.4 * Math.sqrt(n))

/** Where on the picture a country lies: East Asia left, the Americas right. */
const homes: Record<string, { x: number; y: number }> = { CN: { x: 290, y: 200 }, VN: { x: 300, y: 520 }, CU: { x: 700, y: 340 } }
const homeOf = ({ country }: NetworkNode) => homes[country] ?? { x: 500, y: 340 }

function beginning(node: NetworkNode): { x: number; y: number } {
  const home = homeOf(node)
  const hash = hashOf(node.id)
  const angle = ((hash % 3600) / 3600) * 2 * Math.PI
  const away = 40 + ((hash >>> 12) % 160)
  return { x: home.x + Math.cos(angle) * away, y: home.y + Math.sin(angle) * away }
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}

type Placed = NetworkNode & { x: number; y: number; r: number }

/** Stretches the whole to the picture, in whole units: finer ones only weigh. */
function fit(nodes: readonly Placed[]): PlacedNode[] {
  const axis = (name: 'x' | 'y', size: number) => {
    const all = nodes.map((node) => node[name])
    const [least, most] = [Math.min(...all), Math.max(...all)]
    const room = size - 2 * picture.margin
    return (value: number) => Math.round(most - least < 1 ? size / 2 : picture.margin + ((value - least) / (most - least)) * room)
  }
  const [x, y] = [axis('x', picture.width), axis('y', picture.height)]
  return nodes.map(({ id, title, acronym, country, n, r, ...place }) => ({ id, title, acronym, country, n, r, x: x(place.x), y: y(place.y) }))
}
