import { countryName, formatDay } from '../../../platform/i18n/format.ts'
import { htmlLanguage, languageNames, pickText, type LanguageText } from '../../../platform/i18n/languages.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Badge, Text } from '../../../platform/ui/text.tsx'
import { identifierAddress, identifierFields } from '../schema/identifiers.ts'
import { pillars } from '../schema/kinds.ts'
import type { Organization, OrganizationRef, Standing } from '../store/organizations.ts'
import type { MembersView } from './sign-in.tsx'
import { headClass, nameIn } from './words.ts'

/** `interests`, `counterparts`: of its own listings. `desk`: of the network that looks after it; `standing`: of any in which it stands. */
export type MayOnPage = {
  interests: boolean
  counterparts: boolean
  write: boolean
  people: boolean
  keys: boolean
  claim: boolean
  apply: boolean
  desk: boolean
  standing: boolean
}
type Props = MembersView & { organization: Organization; may: MayOnPage }

/** What a member says of itself, and how it stands. */
export function MemberPage({ view, say, organization, may }: Props) {
  const { name, original, profile, key } = organization
  const title = nameIn(name, view.language, original)
  const shown = pickText(name, view.language, original)
  return (
    <Layout view={view} title={title} {...descriptionOf(profile, view.language)}>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/members')}>{say('members.title')}</a> › {key}
        </p>
        <div class="named">
          {organization.logo !== null && <img class="sign" src={`/members/${key}/logo?v=${organization.logo}`} alt="" width="64" height="64" />}
          <h1 class={headClass(title)} lang={shown && shown.language !== view.language ? htmlLanguage[shown.language] : undefined}>
            {title}
          </h1>
        </div>
        <Badges view={view} say={say} organization={organization} />
        <Tools view={view} say={say} organization={organization} may={may} />
      </section>
      <section class="two">
        <div class="stack">
          <Said view={view} say={say} organization={organization} />
          <Strengths view={view} say={say} organization={organization} />
          {organization.keptBy === 'secretariat' && <p class="small">{say('member.by-secretariat')}</p>}
        </div>
        <div class="stack">
          <Facts view={view} say={say} organization={organization} />
          <Standings view={view} say={say} standings={organization.standings} />
        </div>
      </section>
    </Layout>
  )
}

const descriptionOf = (profile: LanguageText, language: keyof LanguageText) => {
  const text = pickText(profile, language)?.text.replaceAll(/\s+/g, ' ')
  return text === undefined ? {} : { description: text.slice(0, 200) }
}

function Badges({ view, say, organization: { kind, country, standings } }: Omit<Props, 'may'>) {
  const now = standings.filter(({ until }) => until === null)
  return (
    <p class="tags">
      <Badge>{say(`kind.${kind}`)}</Badge> <Badge>{countryName(country, view.language)}</Badge>{' '}
      {now.map(({ state, founding, networkName }) => (
        <>
          <Badge tone={state === 'admitted' ? 'on' : 'warn'}>
            {now.length > 1 ? `${say(`standing.${state}`)} · ${nameIn(networkName, view.language)}` : say(`standing.${state}`)}
          </Badge>{' '}
          {founding && <Badge tone="on">{say('members.founding')}</Badge>}{' '}
        </>
      ))}
    </p>
  )
}

/** What this reader may do here. */
function Tools({ view, say, organization: { id, key, standings }, may }: Props) {
  const of = `/members/${key}`
  const tools = [
    [`${of}/listings`, say('member.listings')] as const,
    ...(may.interests ? [[`${of}/interests`, say('member.interests')] as const] : []),
    ...(may.counterparts ? [[`${of}/matches`, say('member.counterparts')] as const] : []),
    ...(may.write ? [[`${of}/edit`, say('member.edit')] as const] : []),
    ...(may.people ? [[`${of}/people`, say('people.title')] as const] : []),
    ...(may.keys ? [[`${of}/api-keys`, say('key.title')] as const] : []),
    ...(may.desk || may.claim ? [[`${of}/claim`, say('claim.title')] as const] : []),
    ...(may.standing ? [[`${of}/standing`, say('standing.title')] as const] : []),
    ...(may.apply ? [[`/apply?organization=${id}`, say('networks.apply')] as const] : []),
  ]
  const now = may.people ? standings.filter(({ until }) => until === null) : []
  const suspended = now.filter(({ state }) => state === 'suspended')
  // Its people keep their roles as long as one network has it.
  const isActive = now.some(({ state }) => state === 'admitted')
  return (
    <>
      {suspended.length > 0 && (
        <div class="note bad" role="status">
          {isActive ? (
            suspended.map(({ networkName }) => <b>{say('networks.suspended-in', { network: nameIn(networkName, view.language) })}</b>)
          ) : (
            <b>{say('member.suspended')}</b>
          )}
        </div>
      )}
      {tools.length > 0 && (
        <p class="tools">
          {tools.map(([path, label]) => (
            <a href={view.link(path)}>{label}</a>
          ))}
        </p>
      )}
    </>
  )
}

function Said({ view, say, organization: { profile } }: Omit<Props, 'may'>) {
  const picked = pickText(profile, view.language)
  return (
    <section class="stack">
      <h2>{say('member.profile')}</h2>
      {picked === undefined && <p class="empty">{say('member.no-profile')}</p>}
      {picked && <Paragraphs text={picked.text} lang={picked.language === view.language ? undefined : htmlLanguage[picked.language]} />}
      {picked && picked.language !== view.language && <p class="small">{say('member.in-language', { language: languageNames[picked.language] })}</p>}
    </section>
  )
}

/** A text that people wrote, with the paragraphs they made. */
export function Paragraphs({ text, lang }: { text: string; lang?: string | undefined }) {
  return (
    <>
      {text.split(/\n\s*\n/).map((paragraph) => (
        <p class="written" lang={lang}>
          {paragraph}
        </p>
      ))}
    </>
  )
}

function Strengths({ view, say, organization: { strengths } }: Omit<Props, 'may'>) {
  const said = pillars.flatMap((pillar) => {
    const picked = pickText(strengths[pillar] ?? {}, view.language)
    return picked === undefined ? [] : [{ pillar, picked }]
  })
  if (said.length === 0) return null
  return (
    <section class="stack">
      <h2>{say('member.strengths')}</h2>
      <dl class="facts">
        {said.map(({ pillar, picked }) => (
          <>
            <dt>{say(`pillar.${pillar}`)}</dt>
            <dd>
              <Paragraphs text={picked.text} lang={picked.language === view.language ? undefined : htmlLanguage[picked.language]} />
            </dd>
          </>
        ))}
      </dl>
    </section>
  )
}

function Facts({ view, say, organization }: Omit<Props, 'may'>) {
  const { website, parent, parts, entry, name, original } = organization
  const others = Object.entries(name).filter(([language]) => language !== view.language)
  return (
    <section class="stack">
      <h2>{say('member.facts')}</h2>
      <dl class="facts">
        {others.length > 0 && (
          <>
            <dt>{say('member.other-names')}</dt>
            <dd>
              {others.map(([language, text]) => (
                <div>
                  <span lang={htmlLanguage[language as keyof typeof htmlLanguage]}>{text}</span>
                  {language === original && <small> · {say('member.original')}</small>}
                </div>
              ))}
            </dd>
          </>
        )}
        {website !== null && (
          <>
            <dt>{say('member.website')}</dt>
            <dd>
              <a href={website} rel="nofollow noopener external">
                {website.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')}
              </a>
            </dd>
          </>
        )}
        {identifierFields.map((field) => {
          const value = organization[field]
          const address = value === null ? undefined : identifierAddress(field, value)
          return (
            value !== null && (
              <>
                <dt>{field.toUpperCase()}</dt>
                <dd>{address === undefined ? <code>{value}</code> : <a href={address}>{value}</a>}</dd>
              </>
            )
          )
        })}
        <Relations view={view} say={say} parent={parent} parts={parts} />
        {entry !== null && (
          <>
            <dt>{say('member.entry')}</dt>
            <dd>
              <a href={view.link(`/organizations/${entry}`)}>{say('member.entry-link')}</a>
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}

/** What it belongs to, and what belongs to it. */
function Relations({ view, say, parent, parts }: MembersView & Pick<Organization, 'parent' | 'parts'>) {
  return (
    <>
      {parent && (
        <>
          <dt>{say('member.parent')}</dt>
          <dd>
            <MemberLink view={view} to={parent} />
          </dd>
        </>
      )}
      {parts.length > 0 && (
        <>
          <dt>{say('member.parts')}</dt>
          <dd>
            {parts.map((part) => (
              <div>
                <MemberLink view={view} to={part} />
              </div>
            ))}
          </dd>
        </>
      )}
    </>
  )
}

export function MemberLink({ view, to }: { view: MembersView['view']; to: Pick<OrganizationRef, 'key' | 'name' | 'original'> }) {
  return (
    <a href={view.link(`/members/${to.key}`)}>
      <Text view={view} text={to.name} original={to.original} />
    </a>
  )
}

/** How an organization stands and stood in each network. @param reasons as far as the reader may know them, by standing */
export function Standings({
  view,
  say,
  standings,
  reasons = new Map(),
}: MembersView & { standings: readonly Standing[]; reasons?: ReadonlyMap<string, string> }) {
  return (
    <section class="stack">
      <h2>{say('member.membership')}</h2>
      <ul class="linklist">
        {standings.map(({ id, networkName, state, founding, since, until }) => (
          <li>
            <span>
              {say(`standing.${state}`)} · <Text view={view} text={networkName} /> {founding && <Badge tone="on">{say('members.founding')}</Badge>}
            </span>{' '}
            <small class="nowrap">
              {until === null
                ? say('member.from', { from: formatDay(since, view.language) })
                : say('member.from-to', { from: formatDay(since, view.language), to: formatDay(until, view.language) })}
            </small>
            {reasons.has(id) && <p class="small written">{reasons.get(id)}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}
