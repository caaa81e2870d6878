import type { Issue } from '../../../platform/errors.ts'
import { formatMoment } from '../../../platform/i18n/format.ts'
import { Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { blocksOf, type Block } from '../rules/terms.ts'
import type { Accepted, Terms, TermsListed } from '../store/terms.ts'
import type { MembersView } from './sign-in.tsx'

type TermsView = MembersView & { terms: Terms }

/** The terms of use in one version, with the way to the others. */
export function TermsPage({ view, say, terms, all }: TermsView & { all: readonly TermsListed[] }) {
  const [newest] = all
  const others = all.filter(({ version }) => version !== terms.version)
  return (
    <Layout view={view} title={say('terms.title')}>
      <article class="stack narrow">
        <h1>{say('terms.title')}</h1>
        {newest && newest.version > terms.version && (
          <div class="note">
            <b>{say('terms.superseded')}</b>
            <a href={view.link('/terms')}>{say('terms.to-newest')}</a>
          </div>
        )}
        <Words view={view} say={say} terms={terms} />
        {others.length > 0 && (
          <>
            <h2>{say('terms.others')}</h2>
            <ul class="linklist">
              {others.map((each) => (
                <li>
                  <a href={view.link(`/terms/${each.version}`)}>{versionOf({ view, say }, each)}</a>
                </li>
              ))}
            </ul>
          </>
        )}
      </article>
    </Layout>
  )
}

/** @param next where they wanted to go, a path of this site @param newer a newer version was published since they began to read */
export function AcceptPage({ view, say, terms, issues, next, newer }: TermsView & { issues: readonly Issue[]; next: string; newer: boolean }) {
  return (
    <Layout view={view} title={say('terms.title')} unlisted>
      <article class="stack narrow">
        <h1>{say('terms.title')}</h1>
        {newer && (
          <div class="note" role="alert">
            <b>{say('terms.newer')}</b>
          </div>
        )}
        <p>{say('terms.lead')}</p>
        <IssueSummary view={view} issues={issues} labels={{ agree: say('terms.mark') }} />
        <Words view={view} say={say} terms={terms} />
        <Form action={view.link('/terms/accept')}>
          <input type="hidden" name="version" value={String(terms.version)} />
          <input type="hidden" name="next" value={next} />
          <label class="check">
            <input type="checkbox" id="agree" name="agree" value="yes" required aria-invalid={issues.length > 0 ? 'true' : undefined} /> {say('terms.agree')}
          </label>
          <button class="btn">{say('terms.accept')}</button>
        </Form>
        <form method="post" action={view.link('/sign-out')}>
          <button class="btn quiet">{say('account.sign-out')}</button>
        </form>
      </article>
    </Layout>
  )
}

/** On the page of the account: what was accepted, and when. */
export function AcceptedSection({ view, say, accepted }: MembersView & { accepted: Accepted }) {
  const { version, acceptedAt } = accepted
  return (
    <section class="stack" id="terms">
      <h2>{say('terms.title')}</h2>
      <p>
        <a href={view.link(`/terms/${version}`)}>{say('terms.accepted', { version, date: formatMoment(acceptedAt, view.language) })}</a>
      </p>
    </section>
  )
}

const versionOf = ({ view, say }: MembersView, { version, publishedAt }: TermsListed) =>
  say('terms.version', { version, date: formatMoment(publishedAt, view.language) })

function Words({ view, say, terms }: TermsView) {
  return (
    <>
      <p class="small">{versionOf({ view, say }, terms)}</p>
      {blocksOf(terms.texts[view.language]).map((block) => (
        <Part block={block} />
      ))}
    </>
  )
}

function Part({ block }: { block: Block }) {
  if (block.kind === 'list') {
    return (
      <ul>
        {block.items.map((words) => (
          <li>{words}</li>
        ))}
      </ul>
    )
  }
  if (block.kind === 'paragraph') {
    return (
      <p>
        {block.lines.map((line, at) => (
          <>
            {at > 0 && <br />}
            {line}
          </>
        ))}
      </p>
    )
  }
  const Heading = `h${block.level}` as 'h2'
  return <Heading>{block.text}</Heading>
}
