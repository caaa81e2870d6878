import type { RecordSay } from '../text/index.ts'
import type { SourceKind } from '../schema.ts'

export type SourceNumbers = ReadonlyMap<string, { n: number; title: string; kind: SourceKind }>
type Cited = { from: number; to: number; disputes: boolean; title: string; kind: SourceKind }

/**
 * Small numbers that lead to the sources of a statement; three and more in a row become one, such as 1–5.
 * Those of different kinds are told apart: what a public body says is not mixed with what a party or the press says.
 */
export function Citations({ say, numbers, citations }: { say: RecordSay; numbers: SourceNumbers; citations: readonly { source: string; stance: string }[] }) {
  return (
    <>
      {runs(numbers, citations).map(({ from, to, disputes, title, kind }) => {
        const words = from === to ? say(disputes ? 'entry.disputes' : 'entry.cited', { n: from, title }) : say('entry.cited-several', { from, to })
        return (
          <a class={`cite ${kind}`} href={`#source-${from}`} title={`${words} (${say(`source-kind.${kind}`)})`} aria-label={words}>
            {`${disputes ? '≠' : ''}${from === to ? from : `${from}–${to}`}`}
          </a>
        )
      })}
    </>
  )
}

function runs(numbers: SourceNumbers, citations: readonly { source: string; stance: string }[]): Cited[] {
  const all = citations.flatMap(({ source, stance }) => {
    const cited = numbers.get(source)
    return cited ? [{ from: cited.n, to: cited.n, disputes: stance === 'disputes', title: cited.title, kind: cited.kind }] : []
  })
  const joined: Cited[] = []
  for (const each of all.sort((a, b) => Number(a.disputes) - Number(b.disputes) || a.from - b.from)) {
    const last = joined.at(-1)
    if (last && !last.disputes && !each.disputes && last.kind === each.kind && each.from === last.to + 1) last.to = each.to
    else joined.push({ ...each })
  }
  // Two beside each other read better as two.
  return joined.flatMap((run) => (run.to === run.from + 1 ? all.filter(({ from, disputes }) => !disputes && (from === run.from || from === run.to)) : [run]))
}
