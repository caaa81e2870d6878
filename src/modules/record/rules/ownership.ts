import type { EntryRef } from '../store/catalogue.ts'

/** Somebody above a venture; `path` holds the ids from the partner up to it. */
export type Holder = {
  id: string
  path: string[]
  /** How it stands above the one before: as its parent, or as a partner in the venture whose company that one is. */
  bond: 'partner' | 'parent'
  share: string | null
  /** Key of that venture. */
  venture: string | null
  entry: EntryRef
}
export type Branch = Holder & { above: Branch[] }

/** The holders as trees that grow upwards, one for each partner; an organization reached twice by one way stands once. */
export function branches(holders: readonly Holder[]): Branch[] {
  const inOrder = holders.toSorted((a, b) => a.path.length - b.path.length)
  const made = new Map<string, Branch>()
  const roots: Branch[] = []
  for (const holder of inOrder) {
    const name = holder.path.join()
    if (made.has(name)) continue
    const branch = { ...holder, above: [] }
    made.set(name, branch)
    if (holder.path.length === 1) roots.push(branch)
    else made.get(holder.path.slice(0, -1).join())?.above.push(branch)
  }
  return roots
}

/** What a partner holds of a venture, for one time. */
export type Share = { percent: number | null; valid: string | null; deprecated: boolean }

export type Bar<S> = { valid: string | null; parts: { share: S; from: number; percent: number }[]; rest: number; isOver: boolean }

/** One bar for each time that shares are given for; what nobody speaks of is the rest. Times without any known share have none. */
export function bars<S extends Share>(shares: readonly S[]): Bar<S>[] {
  const times = [...new Set(shares.filter(({ percent, deprecated }) => percent !== null && !deprecated).map(({ valid }) => valid))]
  return times.map((valid) => {
    let from = 0
    const parts = shares.flatMap((share) => {
      if (share.valid !== valid || share.percent === null || share.deprecated) return []
      from += share.percent
      return [{ share, from: from - share.percent, percent: share.percent }]
    })
    return { valid, parts, rest: Math.max(0, Math.round((100 - from) * 100) / 100), isOver: from > 100.005 }
  })
}
