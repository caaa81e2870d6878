import { EdtfDate } from '../../../platform/ui/text.tsx'
import type { SourceCited } from '../store/entries.ts'
import type { SourceNumbers } from './citations.tsx'
import type { RecordView } from './parts.tsx'

/** The numbers by which figures name their sources, in the order of the list. */
export const numbersOf = (sources: readonly SourceCited[]): SourceNumbers =>
  new Map(sources.map(({ key, title, kind }, index) => [key, { n: index + 1, title, kind }]))

/** The sources of a page, numbered: where its small numbers lead, and its footnotes in print. */
export function NumberedSources({ view, say, sources }: RecordView & { sources: readonly SourceCited[] }) {
  if (sources.length === 0) return null
  return (
    <section aria-labelledby="sources">
      <div class="head">
        <h2 id="sources">{say('entry.sources')}</h2>
      </div>
      <ol class="sources columns">
        {sources.map((source, index) => (
          <li id={`source-${index + 1}`}>
            <a href={view.link(`/sources/${source.key}`)} lang={source.language}>
              {source.title}
            </a>{' '}
            <small>
              {source.publisher} · <EdtfDate view={view} date={source.published} from={source.published_from} /> · {say(`source-kind.${source.kind}`)}
              {source.url && (
                <>
                  {' · '}
                  <a href={source.url} rel="external noopener">
                    {say('source.read')}
                  </a>
                </>
              )}
            </small>
          </li>
        ))}
      </ol>
    </section>
  )
}
