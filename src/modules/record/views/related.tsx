import { EdtfDate, Text } from '../../../platform/ui/text.tsx'
import { plurals } from '../schema.ts'
import type { Related } from '../store/catalogue.ts'
import type { Entry } from '../store/entries.ts'
import { pathOf, type RecordView } from './parts.tsx'

/** What points to an entry, kind by kind, the newest of each. */
export function RelatedEntries({ view, say, entry, related }: RecordView & { entry: Entry; related: Related[] }) {
  if (related.length === 0) return null
  return (
    <div class="related">
      {related.map(({ entry: kind, total, rows }) => (
        <section>
          <div class="head">
            <h2>{say(`plural.${kind}`)}</h2>
            {entry.kind === 'organization' && total > rows.length && (
              <a href={view.link(`/${plurals[kind]}?organization=${entry.key}`)}>{say('entry.all-related', { n: total })}</a>
            )}
          </div>
          <ol class="events" aria-label={`${say('entry.related')}: ${say(`plural.${kind}`)}`}>
            {rows.map((row) => (
              <li>
                {row.date === null ? <span /> : <EdtfDate view={view} date={row.date} from={row.date_from} />}
                <a href={view.link(pathOf(row))}>
                  <Text view={view} text={row.title} {...(row.title.original && { original: row.title.original })} />
                </a>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
