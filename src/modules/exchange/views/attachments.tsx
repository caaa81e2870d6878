import type { Issue } from '../../../platform/errors.ts'
import { formatNumber } from '../../../platform/i18n/format.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { Choice, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Badge } from '../../../platform/ui/text.tsx'
import { acceptedEndings, largestAttachment, mostAttachments, parts } from '../schema/attachments.ts'
import type { Attachment } from '../store/attachments.ts'
import type { Listing } from '../store/listings.ts'
import type { ExchangeView } from './parts.tsx'

type Kept = ExchangeView & { listing: Pick<Listing, 'id' | 'confidential'>; attachments: readonly Attachment[] }

/** The files of a listing, to download; for its people the way to add some. */
export function Attachments({ view, say, listing, attachments, mayKeep }: Kept & { mayKeep: boolean }) {
  if (attachments.length === 0 && !mayKeep) return null
  return (
    <>
      <h2>{say('attachment.title')}</h2>
      <Files view={view} say={say} listing={listing} attachments={attachments} />
      {mayKeep && (
        <p>
          <a href={view.link(`/listings/${listing.id}/attachments`)}>{say('attachment.keep')}</a>
        </p>
      )}
    </>
  )
}

function Files({ view, say, listing, attachments, mayTake }: Kept & { mayTake?: (attachment: Attachment) => boolean }) {
  if (attachments.length === 0) return null
  return (
    <ul class="rows">
      {attachments.map((file) => (
        <li>
          <a href={view.link(`/listings/${listing.id}/attachments/${file.id}`)} download>
            {file.name}
          </a>{' '}
          <small>{sizeOf(file.bytes, view.language)}</small> {file.part === 'confidential' && <Badge tone="warn">{say('attachment.part.confidential')}</Badge>}
          {mayTake?.(file) === true && (
            <form method="post" action={view.link(`/listings/${listing.id}/attachments/${file.id}/removal`)}>
              <button class="btn end" aria-label={say('attachment.remove-one', { name: file.name })}>
                {say('attachment.remove')}
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
  )
}

/** How large a file is, for people on slow lines: KB below a megabyte. */
const sizeOf = (bytes: number, language: Language): string =>
  bytes < 1_000_000 ? `${formatNumber(Math.max(1, Math.round(bytes / 1000)), language)} KB` : `${formatNumber(Math.round(bytes / 100_000) / 10, language)} MB`

type PageProps = Kept & { isOpen: boolean; issues: readonly Issue[]; stale: boolean; part: string | undefined }

/** Where the people of a listing attach files, and take them away. */
export function AttachmentsPage({ view, say, listing, attachments, isOpen, issues, stale, part }: PageProps) {
  const offered = parts.filter((each) => (each === 'open' ? isOpen : listing.confidential !== null))
  const labels = { files: say('attachment.files'), part: say('attachment.part') }
  return (
    <Layout view={view} title={say('attachment.title')} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link(`/listings/${listing.id}`)}>{say('listing.back')}</a>
        </p>
        <h1>{say('attachment.title')}</h1>
        {stale && (
          <div class="note bad" role="alert">
            <b>{say('attachment.stale')}</b>
          </div>
        )}
        {attachments.length === 0 ? (
          <p class="empty">{say('attachment.none')}</p>
        ) : (
          <Files view={view} say={say} listing={listing} attachments={attachments} mayTake={(file) => file.part === 'confidential' || isOpen} />
        )}
        <IssueSummary view={view} issues={issues} labels={labels} />
        {!isOpen && <p class="small">{say('attachment.published')}</p>}
        {offered.length > 0 && (
          <>
            <h2>{say('attachment.add')}</h2>
            <Form action={view.link(`/listings/${listing.id}/attachments`)} files>
              <Upload view={view} say={say} issues={issues} />
              <Choice
                view={view}
                issues={issues}
                name="part"
                label={labels.part}
                hint={say(listing.confidential === null ? 'attachment.part-first' : 'attachment.part-hint')}
                value={part}
                options={offered.map((value) => ({ value, label: say(`attachment.part.${value}`) }))}
                required
              />
              <button class="btn">{say('attachment.send')}</button>
            </Form>
          </>
        )}
      </section>
    </Layout>
  )
}

function Upload({ view, say, issues }: ExchangeView & { issues: readonly Issue[] }) {
  const mine = issues.filter(({ path }) => path === 'files')
  const accepted = acceptedEndings.map((ending) => `.${ending}`)
  return (
    <div class={mine.length > 0 ? 'field wrong' : 'field'}>
      <label for="files">{say('attachment.files')}</label>
      <p class="small" id="files-hint">
        {say('attachment.files-hint', { n: mostAttachments, limit: `${largestAttachment / 1_000_000} MB`, accepted: acceptedEndings.join(', ') })}
      </p>
      <input
        id="files"
        name="files"
        type="file"
        multiple
        required
        accept={accepted.join(',')}
        aria-invalid={mine.length > 0 ? 'true' : undefined}
        aria-describedby={mine.length > 0 ? 'files-hint files-issue' : 'files-hint'}
      />
      {mine.length > 0 && (
        <ul class="issue" id="files-issue">
          {mine.map(({ code, params }) => (
            <li>{view.say(`issue.${code}`, params)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
