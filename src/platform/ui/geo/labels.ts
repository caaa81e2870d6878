/** Something drawn on a map that may bear its name; `x` and `y` are its middle. */
export type Bearer = { x: number; y: number; halfWidth: number; halfHeight: number; name: string }
export type Side = 'right' | 'left' | 'above' | 'below'
/** On which side a name stands, and whether it also has room on a narrow screen, where names and marks are drawn larger. */
export type Label = { side: Side; narrow: boolean }

type Box = { left: number; right: number; top: number; bottom: number }
type Frame = { width: number; height: number }
type Look = { mark: number; font: number }

// As the style sheet draws them (`style/map.css`); narrow is its narrowest step.
const wideLook: Look = { mark: 1, font: 13 }
const narrowLook: Look = { mark: 1.4, font: 28 }

const sides: readonly Side[] = ['right', 'left', 'below', 'above']

/**
 * Gives names to as many marks as there is room for, the first of them first. No name covers another or a mark, or leaves the frame.
 *
 * @param insist so many of the first names may cover marks that come after them, if there is no other room
 */
export function placeLabels(marks: readonly Bearer[], frame: Frame, insist = 0): (Label | undefined)[] {
  const narrow = settle(marks, frame, narrowLook, [], insist)
  const wide = settle(marks, frame, wideLook, narrow, insist)
  return wide.map((side, index) => (side === undefined ? undefined : { side, narrow: narrow[index] === side }))
}

function settle(marks: readonly Bearer[], frame: Frame, look: Look, before: readonly (Side | undefined)[], insist: number) {
  const covered = marks.map((mark) => markBox(mark, look))
  const names: Box[] = []
  const found: (Side | undefined)[] = marks.map(() => undefined)
  const fits = (box: Box, own: number, until: number) =>
    within(box, frame) && !names.some((each) => overlap(each, box)) && !covered.some((each, at) => at !== own && at < until && overlap(each, box))
  // Names that have room on a narrow screen keep their side, so they are settled first.
  const order = marks.map((_, index) => index).sort((a, b) => Number(before[b] !== undefined) - Number(before[a] !== undefined) || a - b)
  for (const index of order) {
    const mark = marks[index]
    if (mark === undefined) continue
    const own = before[index]
    const room = (until: number) => (own === undefined ? sides : [own]).find((side) => fits(labelBox(mark, side, look), index, until))
    const side = room(marks.length) ?? (index < insist ? room(index) : undefined)
    if (side === undefined) continue
    found[index] = side
    names.push(labelBox(mark, side, look))
  }
  return found
}

const within = (box: Box, { width, height }: Frame) => box.left >= 1 && box.right <= width - 1 && box.top >= 1 && box.bottom <= height - 1

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

const markBox = ({ x, y, halfWidth, halfHeight }: Bearer, { mark }: Look): Box => ({
  left: x - halfWidth * mark,
  right: x + halfWidth * mark,
  top: y - halfHeight * mark,
  bottom: y + halfHeight * mark,
})

function labelBox(bearer: Bearer, side: Side, look: Look): Box {
  const mark = markBox(bearer, look)
  const width = textWidth(bearer.name) * look.font
  const gap = labelGap * look.mark
  const half = look.font * 0.6
  if (side === 'right') return { left: mark.right, right: mark.right + gap + width, top: bearer.y - half, bottom: bearer.y + half }
  if (side === 'left') return { left: mark.left - gap - width, right: mark.left, top: bearer.y - half, bottom: bearer.y + half }
  const [top, bottom] = side === 'above' ? [mark.top - 2 * half, mark.top] : [mark.bottom, mark.bottom + 2 * half]
  return { left: bearer.x - width / 2, right: bearer.x + width / 2, top, bottom }
}

/** Units between a mark and its name. */
export const labelGap = 4

/** About how wide a text is, in sizes of its font. */
export function textWidth(text: string): number {
  const square = text.match(/[\p{Script=Han}\p{Script=Hangul}]/gu)?.length ?? 0
  return square + 0.58 * (text.length - square)
}
