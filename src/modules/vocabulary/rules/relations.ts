export type Relation = { concept: string; kind: 'broader' | 'related'; target: string }

/** How the concepts of the vocabulary stand to each other. */
export type Relations = {
  /** Those above a concept, with how many steps away, the nearest way. */
  above: (concept: string) => ReadonlyMap<string, number>
  /** Those that have to do with it, either way. */
  near: (concept: string) => readonly string[]
  /** How many stand below it, however far. */
  below: (concept: string) => number
  /** How many concepts have a relation. */
  size: number
}

const none: ReadonlyMap<string, number> = new Map()

/** Works out from single relations who stands above, below and beside whom. What stands above itself is no relation. */
export function relationsOf(rows: Iterable<Relation>): Relations {
  const broader = new Map<string, string[]>()
  const related = new Map<string, Set<string>>()
  const all = new Set<string>()
  const beside = (concept: string, target: string) => related.set(concept, (related.get(concept) ?? new Set()).add(target))
  for (const { concept, kind, target } of rows) {
    all.add(concept).add(target)
    if (kind === 'broader') broader.set(concept, [...(broader.get(concept) ?? []), target])
    else {
      beside(concept, target)
      beside(target, concept)
    }
  }
  const above = new Map<string, Map<string, number>>()
  const below = new Map<string, number>()
  for (const concept of all) {
    const reached = stepsUp(concept, broader)
    above.set(concept, reached)
    for (const wider of reached.keys()) below.set(wider, (below.get(wider) ?? 0) + 1)
  }
  return {
    above: (concept) => above.get(concept) ?? none,
    near: (concept) => [...(related.get(concept) ?? [])],
    below: (concept) => below.get(concept) ?? 0,
    size: all.size,
  }
}

function stepsUp(concept: string, broader: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const reached = new Map<string, number>()
  let [edge, steps]: [string[], number] = [[concept], 0]
  while (edge.length > 0) {
    steps++
    const next = edge.flatMap((each) => broader.get(each) ?? []).filter((wider) => wider !== concept && !reached.has(wider))
    for (const wider of next) reached.set(wider, steps)
    edge = [...new Set(next)]
  }
  return reached
}
