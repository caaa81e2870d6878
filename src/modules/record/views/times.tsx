import { formatEdtf } from '../../../platform/text/edtf.ts'
import { withQuery } from '../../../platform/ui/table.tsx'
import type { RecordView } from './parts.tsx'

type Props = RecordView & { asOf: string | undefined; knownAt: string | undefined }

/** Says which time the page shows, if it is not today. */
export function TimesNote({ view, say, asOf, knownAt }: Props) {
  if (asOf === undefined && knownAt === undefined) return null
  return (
    <p class="note" role="status">
      {asOf !== undefined && <span>{say('times.showing-as-of', { date: formatEdtf(asOf, view.language, view.say) })}</span>}
      {knownAt !== undefined && <span>{say('times.showing-known-at', { date: formatEdtf(knownAt, view.language, view.say) })}</span>}
      <a href={withQuery(view, { as_of: undefined, known_at: undefined, cursor: undefined })}>{say('times.today')}</a>
    </p>
  )
}

/** Asks for a page as it was at another time, and as it was known at another. */
export function TimesForm({ view, say, asOf, knownAt }: Props) {
  return (
    <form class="filters" method="get" action={view.link(view.path)} aria-label={say('times.title')}>
      <label>
        <span>{say('times.as-of')}</span>
        <input name="as_of" value={asOf ?? ''} maxlength={64} placeholder="2010" />
      </label>
      <label>
        <span>{say('times.known-at')}</span>
        <input name="known_at" value={knownAt ?? ''} maxlength={64} placeholder="2023-06" />
      </label>
      <button class="btn quiet">{say('times.show')}</button>
      <small>{say('times.hint')}</small>
    </form>
  )
}

/** The years at which something about an entry changed, and those in which its sources came out, as steps to walk through by plain links. */
export function TimeSteps({ view, say, asOf, knownAt, changed, published }: Props & { changed: readonly string[]; published: readonly string[] }) {
  return (
    <>
      <Steps view={view} say={say} label={say('times.as-of')} name="as_of" years={changed} chosen={asOf} />
      <Steps view={view} say={say} label={say('times.known-at')} name="known_at" years={published} chosen={knownAt} />
    </>
  )
}

type StepsProps = Pick<Props, 'view' | 'say'> & { label: string; name: 'as_of' | 'known_at'; years: readonly string[]; chosen: string | undefined }

function Steps({ view, say, label, name, years, chosen }: StepsProps) {
  if (years.length < 2) return null
  return (
    <nav class="tabs steps" aria-label={`${say('times.title')}: ${label}`}>
      <span>{label}</span>
      {years.map((year) => (year === chosen ? <b aria-current="true">{year}</b> : <a href={withQuery(view, { [name]: year })}>{year}</a>))}
      {chosen === undefined ? <b aria-current="true">{say('times.now')}</b> : <a href={withQuery(view, { [name]: undefined })}>{say('times.now')}</a>}
    </nav>
  )
}
