/** Of each concept all that stand above it, however far, from those right above; none is above itself, even if somebody made a ring. */
export function allAbove(broader: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const all = new Map<string, string[]>()
  for (const key of broader.keys()) {
    const above = new Set<string>()
    const open = [...(broader.get(key) ?? [])]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === key || above.has(next)) continue
      above.add(next)
      open.push(...(broader.get(next) ?? []))
    }
    all.set(key, [...above])
  }
  return all
}
