import { membersTexts, nameIn } from '../../members/index.ts'
import { Choice, Form } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { frequencies, type Notice, type Overview } from '../store/news.ts'
import type { MatchingView } from './reasons.tsx'

const home = '/account/matches'

/** How much is new for the listings of each organization. */
export function NewsSection({ view, say, fresh }: MatchingView & { fresh: readonly Overview[] }) {
  const some = fresh.filter(({ n }) => n > 0)
  return (
    <section class="stack" id="matches">
      <h2>{say('notice.title')}</h2>
      {some.length === 0 ? (
        <p class="empty">{say('notice.none')}</p>
      ) : (
        <ul class="linklist">
          {some.map(({ key, name, original, n }) => (
            <li>
              <a href={view.link(`/members/${key}/matches`)}>{nameIn(name, view.language, original)}</a> <small>{say('matches.fresh', { n })}</small>
            </li>
          ))}
        </ul>
      )}
      <p class="small">
        <a href={view.link(home)}>{say('notice.settings')}</a>
      </p>
    </section>
  )
}

/** Mail and feed, and how to have less of them. */
export function NoticePage({ view, say, notice, done }: MatchingView & { notice: Notice; done: 'saved' | 'closed' | undefined }) {
  const options = frequencies.map((value) => ({ value, label: say(`notice.often.${value}`) }))
  return (
    <Layout view={view} title={say('notice.title')} unlisted>
      <section class="stack">
        <Where view={view} />
        <h1>{say('notice.title')}</h1>
        {done && (
          <div class="note good" role="status">
            <b>{done === 'saved' ? say('notice.saved') : say('notice.feed-closed')}</b>
          </div>
        )}
        <p>{say('notice.lead')}</p>
        <Form action={view.link(home)}>
          <Choice view={view} issues={[]} name="often" label={say('notice.often')} value={notice.often} options={options} required />
          <button class="btn">{say('notice.save')}</button>
        </Form>
      </section>
      <section class="stack">
        <h2>{say('notice.feed')}</h2>
        <p>{say('notice.feed-lead')}</p>
        {notice.hasFeed && <p>{say('notice.feed-again-lead')}</p>}
        <form method="post" action={view.link(`${home}/feed`)}>
          <button class="btn">{say(notice.hasFeed ? 'notice.feed-again' : 'notice.feed-open')}</button>
        </form>
        {notice.hasFeed && (
          <form method="post" action={view.link(`${home}/feed/end`)}>
            <button class="btn end">{say('notice.feed-close')}</button>
          </form>
        )}
      </section>
    </Layout>
  )
}

/** The address of a feed, this once. */
export function FeedMadePage({ view, say, secret }: MatchingView & { secret: string }) {
  const title = say('notice.feed-made')
  return (
    <Layout view={view} title={title} unlisted>
      <section class="stack">
        <Where view={view} />
        <h1>{title}</h1>
        <div class="note good" role="status">
          <b>{say('notice.feed-once')}</b>
        </div>
        <p>
          <code class="secret">{`${view.base}/${view.language}/feeds/matches/${secret}`}</code>
        </p>
        <p>
          <a class="btn quiet" href={view.link(home)}>
            {say('notice.back')}
          </a>
        </p>
      </section>
    </Layout>
  )
}

function Where({ view }: Pick<MatchingView, 'view'>) {
  return (
    <p class="kicker">
      <a href={view.link('/account')}>{membersTexts[view.language]('account.title')}</a>
    </p>
  )
}
