import type { Issue } from '../../../platform/errors.ts'
import type { List } from '../../../platform/db/lists.ts'
import { formatMoment } from '../../../platform/i18n/format.ts'
import { Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Table, type Column } from '../../../platform/ui/table.tsx'
import { Text } from '../../../platform/ui/text.tsx'
import { DeskLayout } from '../../members/index.ts'
import type { Introduction } from '../store/introductions.ts'
import type { MatchingView } from './reasons.tsx'

type Typed = Record<string, string | undefined>

/** What the secretariat introduced, and the form for more. */
export function IntroductionsPage({
  view,
  say,
  list,
  typed,
  issues,
  fresh,
}: MatchingView & { list: List<Introduction>; typed: Typed; issues: readonly Issue[]; fresh: string }) {
  const labels = { listing: say('introduction.listing'), other: say('introduction.other'), note: say('introduction.note') }
  const shared = { view, issues, required: true }
  return (
    <DeskLayout view={view} title={say('introduction.title')}>
      <p class="small">{say('introduction.lead')}</p>
      <IssueSummary view={view} issues={issues} labels={labels} />
      <Form action={view.link('/desk/introductions')}>
        <input type="hidden" name="id" value={typed['id'] ?? fresh} />
        <Field {...shared} name="listing" label={labels.listing} value={typed['listing']} maxLength={40} />
        <Field {...shared} name="other" label={labels.other} value={typed['other']} maxLength={40} />
        <Field {...shared} name="note" label={labels.note} value={typed['note']} maxLength={2000} lines={3} />
        <button class="btn">{say('introduction.make')}</button>
      </Form>
      <Table view={view} caption={say('introduction.title')} columns={columnsOf({ view, say })} page={list} sort="made" />
    </DeskLayout>
  )
}

const columnsOf = ({ view, say }: MatchingView): Column<Introduction>[] => [
  {
    key: 'pair',
    label: say('introduction.pair'),
    cell: ({ listing, other }) => (
      <ul class="rows">
        {[listing, other].map(
          (each) =>
            each !== null && (
              <li>
                <a href={view.link(`/listings/${each.id}`)}>
                  {each.number} · <Text view={view} text={each.title} original={each.original} />
                </a>
              </li>
            ),
        )}
      </ul>
    ),
  },
  { key: 'note', label: say('introduction.note'), cell: ({ note }) => note },
  { key: 'made', label: say('introduction.made'), cell: ({ madeAt }) => <span class="nowrap">{formatMoment(madeAt, view.language)}</span> },
  {
    key: 'end',
    label: say('introduction.end'),
    cell: ({ id, endedAt }) =>
      endedAt === null ? (
        <form method="post" action={view.link(`/desk/introductions/${id}/end`)}>
          <button class="btn quiet">{say('introduction.end')}</button>
        </form>
      ) : (
        say('introduction.ended')
      ),
  },
]
