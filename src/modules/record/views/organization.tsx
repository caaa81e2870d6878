import { countryName } from '../../../platform/i18n/format.ts'
import { EdtfDate, Text } from '../../../platform/ui/text.tsx'
import type { OrganizationKind } from '../schema.ts'
import type { AgreementListed } from '../store/agreements.ts'
import type { Entry } from '../store/entries.ts'
import type { List } from '../store/lists.ts'
import type { childOrganizations } from '../store/organizations.ts'
import { EntryPage } from './entry.tsx'
import { OrganizationLink, type RecordView } from './parts.tsx'

const shown = 12

function badges({ view, say }: RecordView, entry: Entry): string[] {
  const valueOf = (field: string) => {
    const value = entry.statements.find((statement) => statement.field === field)?.value
    return typeof value === 'string' ? value : ''
  }
  return [say(`organization-kind.${valueOf('kind') as OrganizationKind}`), countryName(valueOf('country'), view.language)]
}

type Props = RecordView & { entry: Entry; children: Awaited<ReturnType<typeof childOrganizations>>; agreements: List<AgreementListed> }

/** An organization with what belongs to it and what it signed. */
export function OrganizationPage({ view, say, entry, children, agreements }: Props) {
  return (
    <EntryPage view={view} say={say} entry={entry} list={{ path: '/organizations', title: say('organizations.title') }} badges={badges({ view, say }, entry)}>
      <section>
        <div class="head">
          <h2>{say('entry.agreements')}</h2>
          {agreements.total > shown && <a href={view.link(`/organizations/${entry.key}/agreements`)}>{say('entry.all-agreements')}</a>}
        </div>
        {agreements.rows.length === 0 ? (
          <p class="empty">{say('entry.no-agreements')}</p>
        ) : (
          <ol class="events">
            {agreements.rows.slice(0, shown).map((agreement) => (
              <li>
                <EdtfDate view={view} date={agreement.signed} from={agreement.signed_from} />
                <a href={view.link(`/agreements/${agreement.key}`)}>
                  <Text view={view} text={agreement.title} original="en" />
                </a>
              </li>
            ))}
          </ol>
        )}
      </section>
      {children.length > 0 && (
        <section>
          <div class="head">
            <h2>{say('entry.children')}</h2>
          </div>
          <ul class="linklist">
            {children.map((child) => (
              <li>
                <OrganizationLink view={view} organization={child} /> {child.acronym && <small>{child.acronym}</small>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </EntryPage>
  )
}
