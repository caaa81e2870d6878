import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { languageOptions, nameIn } from '../../members/index.ts'
import type { ListingProps } from './listing.tsx'

/** For whoever writes for a member that sees the listing: the form to say that it is interested, or where its interest stands. */
export function Express({ view, say, listing, may, senders, issues, typed, fresh }: ListingProps) {
  const name = (member: (typeof senders)[number]) => nameIn(member.name, view.language, member.original)
  const free = senders.filter(({ open }) => open === null)
  if (senders.length === 0 || may.keep) return null
  const labels = { member: say('interest.from'), message: say('interest.message'), language: say('listing.original') }
  return (
    <>
      <h2 id="interest">{say('interest.one')}</h2>
      {senders.flatMap((member) =>
        member.open === null
          ? []
          : [
              <p>
                <a href={view.link(`/interests/${member.open}`)}>
                  {say(member.state === 'accepted' ? 'interest.accepted-already' : 'interest.sent-already', { member: name(member) })}
                </a>
              </p>,
            ],
      )}
      {free.length > 0 && (
        <details class="folded" open={issues.some(({ path }) => path in labels)}>
          <summary>{say('interest.express')}</summary>
          <IssueSummary view={view} issues={issues.filter(({ path }) => path in labels)} labels={labels} />
          <p class="small">{say(listing.origin === 'record' ? 'interest.lead-derived' : 'interest.lead')}</p>
          <Form action={view.link(`/listings/${listing.id}/interests`)}>
            <input type="hidden" name="id" value={fresh} />
            <Choice
              view={view}
              issues={issues}
              name="member"
              label={labels.member}
              value={typed['member']}
              options={free.map((member) => ({ value: member.key, label: name(member) }))}
              required
            />
            <Field view={view} issues={issues} name="message" label={labels.message} value={typed['message']} maxLength={4000} lines={5} />
            <Choice
              view={view}
              issues={issues}
              name="language"
              label={labels.language}
              value={typed['language'] ?? view.language}
              options={languageOptions}
              required
            />
            <button class="btn">{say('interest.send')}</button>
          </Form>
        </details>
      )}
    </>
  )
}
