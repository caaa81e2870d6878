import { withoutEnd } from '../../../platform/text/trim.ts'
import type { PlacedNode } from './network-layout.ts'
import { picture } from './network-layout.ts'

/** Where the name of a node stands; not `shown`: only when somebody points at it, for it would lie on another. */
export type Label = { x: number; y: number; anchor: 'start' | 'middle' | 'end'; shown: boolean }

const height = 15
const gap = 4

type Box = { left: number; top: number; right: number; bottom: number }

/** So many of the strongest are named in any case, over the sign of a weaker one if need be. */
const always = 12

/** Finds a free place beside each node for its name, the strongest nodes first. @param nameOf the name as it is drawn */
export function placeLabels(nodes: readonly PlacedNode[], nameOf: (node: PlacedNode) => string): Map<string, Label> {
  const signs: Box[] = nodes.map(({ x, y, r }) => ({ left: x - r, top: y - r, right: x + r, bottom: y + r }))
  const names: Box[] = []
  const labels = new Map<string, Label>()
  for (const [rank, node] of nodes.toSorted((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1)).entries()) {
    const places = candidates(node, widthOf(nameOf(node))).filter(({ box }) => isInside(box))
    const besideNames = places.filter(({ box }) => !names.some((other) => overlap(box, other)))
    const hidden = (box: Box) => signs.filter((other) => overlap(box, other)).length
    const [best] = besideNames.toSorted((a, b) => hidden(a.box) - hidden(b.box))
    const shown = best !== undefined && (rank < always || hidden(best.box) === 0)
    if (shown) names.push(best.box)
    const place = shown ? best : places[0]
    if (place) labels.set(node.id, { ...place.label, shown })
  }
  return labels
}

function candidates({ x, y, r }: PlacedNode, width: number): { label: Omit<Label, 'shown'>; box: Box }[] {
  const beside = r + gap
  const at = (anchor: Label['anchor'], textX: number, baseline: number) => {
    const left = anchor === 'start' ? textX : anchor === 'end' ? textX - width : textX - width / 2
    return { label: { x: textX, y: baseline, anchor }, box: { left, right: left + width, top: baseline - height + 3, bottom: baseline + 4 } }
  }
  return [at('start', x + beside, y + 4), at('end', x - beside, y + 4), at('middle', x, y - beside), at('middle', x, y + beside + height - 3)]
}

const isInside = ({ left, top, right, bottom }: Box) => left >= 0 && top >= 0 && right <= picture.width && bottom <= picture.height

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** About how wide a text is at the size of the labels: Han letters are square, capitals wider than small letters. */
export function widthOf(text: string): number {
  let width = 0
  for (const letter of text) width += /[\u2E80-\uFFEF]/.test(letter) ? 13.5 : /[A-ZĐ&]/.test(letter) ? 9 : 7.1
  return Math.ceil(width)
}

const mostLetters = 25

/** A name short enough for a picture, cut between words where there is a place for it; Han letters count twice. */
export function shorten(name: string): string {
  let letters = 0
  let end = 0
  for (const letter of name) {
    letters += /[\u2E80-\uFFEF]/.test(letter) ? 2 : 1
    if (letters > mostLetters) return `${withoutEnd(name.slice(0, cutAt(name, end)), ' \u3000,(（-')}…`
    end += letter.length
  }
  return name
}

function cutAt(name: string, end: number): number {
  const space = name.lastIndexOf(' ', end)
  return space > end * 0.6 ? space : end
}
