import type { MembersSay } from '../modules/members/index.ts'
import { htmlLanguage, pickText, type LanguageText } from '../platform/i18n/languages.ts'
import { Layout } from '../platform/ui/layout.tsx'
import type { View } from '../platform/ui/view.ts'
import type { Group, Player } from './cast.ts'

type Words = { view: View; say: MembersSay }

/** Everybody one may be, each with a button. */
export function CastPage({ view, say, groups }: Words & { groups: readonly Group[] }) {
  return (
    <Layout view={view} title={say('demo.title')} unlisted>
      <section class="stack">
        <h1>{say('demo.title')}</h1>
        <p>{say('demo.lead')}</p>
        {view.person !== undefined && (
          <div class="note" role="status">
            <b>{say('demo.now', view.person)}</b>
            <form method="post" action={view.link('/sign-out')}>
              <button class="btn quiet">{say('demo.public')}</button>
            </form>
          </div>
        )}
        <div class="cast">
          {groups.map((group) => (
            <CastGroup view={view} say={say} group={group} />
          ))}
        </div>
      </section>
    </Layout>
  )
}

function CastGroup({ view, say, group: { of, players } }: Words & { group: Group }) {
  const isMember = typeof of === 'object'
  return (
    <section>
      <h2>
        {isMember ? (
          <a href={view.link(`/members/${of.key}`)}>
            <Name view={view} text={of.name} />
          </a>
        ) : (
          say(`demo.${of}`)
        )}
        {isMember && of.state !== undefined && <span class="tag warn">{say(`standing.${of.state}`)}</span>}
      </h2>
      {players.length === 0 ? (
        <p class="small">{say('demo.alone')}</p>
      ) : (
        <ul>
          {players.map((player) => (
            <li>
              <form method="post" action={view.link('/demo')}>
                <input type="hidden" name="person" value={player.key} />
                <button class="btn quiet" aria-label={say('demo.as', { name: player.name })}>
                  {player.name}
                </button>
              </form>
              <span class="small">
                <What view={view} say={say} player={player} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function What({ view, say, player: { roles, office, applied } }: Words & { player: Player }) {
  if (office !== undefined) return <>{say(`office.${office}`)}</>
  if (roles.length > 0) return <>{roles.map((role) => say(`role.${role}`)).join(' · ')}</>
  if (applied === undefined) return <>{say('demo.stranger')}</>
  return <>{say('demo.applicant', { organization: pickText(applied, view.language)?.text ?? '' })}</>
}

function Name({ view, text }: { view: View; text: LanguageText }) {
  const picked = pickText(text, view.language)
  if (!picked) return null
  return <span lang={picked.language === view.language ? undefined : htmlLanguage[picked.language]}>{picked.text}</span>
}
