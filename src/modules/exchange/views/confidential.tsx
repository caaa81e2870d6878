import { htmlLanguage } from '../../../platform/i18n/languages.ts'
import { Choice, Field, Form } from '../../../platform/ui/form.tsx'
import { languageOptions, nameIn } from '../../members/index.ts'
import type { ListingProps } from './listing.tsx'
import { dayOf, membersSuggested, Paragraphs } from './parts.tsx'

/** What is said only to whoever is let in; for its own people the forms to write it, and to say who is. */
export function Confidential(props: ListingProps) {
  const { view, say, listing, may, issues, typed } = props
  const { confidential, id, original } = listing
  if (confidential === null && !may.keep) return null
  return (
    <>
      <h2>{say('confidential.title')}</h2>
      <p class="small">{say('confidential.lead')}</p>
      {confidential !== null && <Paragraphs text={confidential.text} lang={htmlLanguage[confidential.language]} />}
      {may.keep && (
        <details class="folded" open={typed['text'] !== undefined}>
          <summary>{say('confidential.write')}</summary>
          <Form action={view.link(`/listings/${id}/confidential`)}>
            <input type="hidden" name="version" value={String(confidential?.version ?? 0)} />
            <Field
              view={view}
              issues={issues}
              name="text"
              label={say('confidential.text')}
              value={typed['text'] ?? confidential?.text}
              maxLength={8000}
              lines={6}
              required
            />
            <Choice
              view={view}
              issues={issues}
              name="language"
              label={say('listing.original')}
              value={typed['language'] ?? confidential?.language ?? original}
              options={languageOptions}
              required
            />
            <button class="btn quiet">{say('listing.save')}</button>
          </Form>
        </details>
      )}
      {may.keep && confidential !== null && <Undertakings {...props} />}
    </>
  )
}

/** Who gave an undertaking of confidentiality, and the form to record another. */
function Undertakings({ view, say, listing: { id }, undertakings, issues, typed, fresh }: ListingProps) {
  return (
    <>
      <h3>{say('undertaking.title')}</h3>
      {undertakings.length > 0 && (
        <ul class="rows">
          {undertakings.map(({ id: undertaking, organization, signedOn, interest, note, endedAt }) => (
            <li>
              <a href={view.link(`/members/${organization.key}`)}>{nameIn(organization.name, view.language, organization.original)}</a> ·{' '}
              {signedOn !== null && dayOf(view, signedOn)}
              {interest !== null && <a href={view.link(`/interests/${interest}`)}>{say('undertaking.by-interest')}</a>} {note !== null && <small>{note}</small>}{' '}
              {endedAt === null ? (
                <form method="post" action={view.link(`/listings/${id}/undertakings/${undertaking}/end`)}>
                  <button class="btn end">{say('undertaking.end')}</button>
                </form>
              ) : (
                <small>{say('undertaking.ended', { day: dayOf(view, endedAt) })}</small>
              )}
            </li>
          ))}
        </ul>
      )}
      <Form action={view.link(`/listings/${id}/undertakings`)}>
        <input type="hidden" name="id" value={fresh} />
        <Field
          view={view}
          issues={issues}
          name="member"
          label={say('undertaking.member')}
          hint={say('undertaking.member-hint')}
          value={typed['member']}
          maxLength={200}
          suggest={membersSuggested({ view, say }, false)}
          required
        />
        <Field view={view} issues={issues} name="signed_on" label={say('undertaking.signed')} type="date" value={typed['signed_on']} maxLength={10} required />
        <Field view={view} issues={issues} name="note" label={say('undertaking.note')} value={typed['note']} maxLength={1000} />
        <button class="btn quiet">{say('undertaking.record')}</button>
      </Form>
    </>
  )
}
