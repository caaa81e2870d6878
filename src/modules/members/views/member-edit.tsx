import type { Issue } from '../../../platform/errors.ts'
import { htmlLanguage, languageNames, languages, type Language } from '../../../platform/i18n/languages.ts'
import { Choice, Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import { pillars } from '../schema/kinds.ts'
import type { Organization } from '../store/organizations.ts'
import type { MembersView } from './sign-in.tsx'
import { countryOptions, kindOptions, languageOptions, nameIn } from './words.ts'

export type Typed = Record<string, string | undefined>
type Props = MembersView & {
  organization: Organization
  issues: readonly Issue[]
  /** What was typed; of the organization as it is, if nothing was. */
  typed?: Typed | undefined
  /** Somebody else has changed it since the form was drawn. */
  stale?: boolean
}

const formOf = ({ kind, country, website, ror, gln, lei, parent, original }: Organization): Typed => ({
  kind,
  country,
  website: website ?? '',
  ror: ror ?? '',
  gln: gln ?? '',
  lei: lei ?? '',
  parent: parent?.key ?? '',
  original,
})

/** What is true of an organization in every language, and its sign. */
export function FactsPage(props: Props) {
  const { view, say, organization, issues, stale } = props
  const now = formOf(organization)
  const typed = props.typed ?? now
  const labels = factLabels(say)
  return (
    <Layout view={view} title={say('member.edit')} unlisted>
      <Head view={view} say={say} organization={organization} chosen={undefined} />
      <section class="stack">
        <IssueSummary view={view} issues={issues} labels={labels} />
        {stale && <Stale view={view} say={say} now={now} typed={typed} labels={labels} />}
        <Form action={view.link(`/members/${organization.key}/edit`)}>
          <input type="hidden" name="version" value={String(organization.version)} />
          <FactFields view={view} say={say} issues={issues} typed={typed} />
          <Choice
            view={view}
            issues={issues}
            name="original"
            label={labels.original}
            value={typed['original']}
            options={languageOptions.filter(({ value }) => organization.name[value] !== undefined)}
            required
          />
          <Field view={view} issues={issues} name="parent" label={labels.parent} hint={say('member.parent-hint')} value={typed['parent']} maxLength={80} />
          <button class="btn">{say('account.save')}</button>
        </Form>
      </section>
      <section class="stack">
        <h2>{say('logo.title')}</h2>
        {organization.logo !== null && (
          <img class="sign" src={`/members/${organization.key}/logo?v=${organization.logo}`} alt={say('logo.title')} width="64" height="64" />
        )}
        <Form action={view.link(`/members/${organization.key}/logo`)} files>
          <div class={issues.some(({ path }) => path === 'logo') ? 'field wrong' : 'field'}>
            <label for="logo">{say('logo.file')}</label>
            <p class="small" id="logo-hint">
              {say('logo.hint')}
            </p>
            <input type="file" id="logo" name="logo" accept="image/png,image/jpeg,image/webp" aria-describedby="logo-hint" />
          </div>
          <button class="btn">{say('logo.save')}</button>
        </Form>
        {organization.logo !== null && (
          <form method="post" action={view.link(`/members/${organization.key}/logo/end`)}>
            <button class="btn end">{say('logo.end')}</button>
          </form>
        )}
      </section>
    </Layout>
  )
}

export const factLabels = (say: MembersView['say']) => ({
  kind: say('members.kind'),
  country: say('members.country'),
  website: say('member.website'),
  ror: 'ROR',
  gln: 'GLN',
  lei: 'LEI',
  parent: say('member.parent'),
  original: say('member.original-language'),
})

/** The fields that an application and a profile share. */
export function FactFields({ view, say, issues, typed }: MembersView & { issues: readonly Issue[]; typed: Typed }) {
  const labels = factLabels(say)
  const field = (name: 'website' | 'ror' | 'gln' | 'lei', maxLength: number, hint?: string) => (
    <Field view={view} issues={issues} name={name} label={labels[name]} value={typed[name]} maxLength={maxLength} {...(hint !== undefined && { hint })} />
  )
  return (
    <>
      <Choice
        view={view}
        issues={issues}
        name="kind"
        label={labels.kind}
        value={typed['kind']}
        options={kindOptions(say)}
        none={view.say('form.choose')}
        required
      />
      <Choice
        view={view}
        issues={issues}
        name="country"
        label={labels.country}
        value={typed['country']}
        options={countryOptions(view.language)}
        none={view.say('form.choose')}
        required
      />
      {field('website', 2000)}
      {field('ror', 100, say('member.ror-hint'))}
      {field('gln', 100, say('member.gln-hint'))}
      {field('lei', 100, say('member.lei-hint'))}
    </>
  )
}

/** What an organization says of itself, one language at a time. */
export function TextsPage({ view, say, organization, issues, typed: given, stale, language }: Props & { language: Language }) {
  const { name, profile, strengths } = organization
  const now: Typed = {
    name: name[language],
    profile: profile[language],
    ...Object.fromEntries(pillars.map((pillar) => [pillar, strengths[pillar]?.[language]])),
  }
  const typed = given ?? now
  const labels = {
    name: say('members.name'),
    profile: say('member.profile'),
    ...Object.fromEntries(pillars.map((pillar) => [pillar, say(`pillar.${pillar}`)])),
  }
  return (
    <Layout view={view} title={say('member.edit')} unlisted>
      <Head view={view} say={say} organization={organization} chosen={language} />
      <section class="stack">
        <IssueSummary view={view} issues={issues} labels={labels} />
        {stale && <Stale view={view} say={say} now={now} typed={typed} labels={labels} />}
        <Form action={view.link(`/members/${organization.key}/edit/texts`)}>
          <input type="hidden" name="version" value={String(organization.version)} />
          <input type="hidden" name="language" value={language} />
          <Field
            view={view}
            issues={issues}
            name="name"
            label={labels.name}
            value={typed['name']}
            maxLength={300}
            required={language === organization.original}
          />
          <Field
            view={view}
            issues={issues}
            name="profile"
            label={labels.profile}
            hint={say('member.profile-hint')}
            value={typed['profile']}
            maxLength={6000}
            lines={8}
          />
          <h2>{say('member.strengths')}</h2>
          {pillars.map((pillar) => (
            <Field view={view} issues={issues} name={pillar} label={say(`pillar.${pillar}`)} value={typed[pillar]} maxLength={1500} lines={3} />
          ))}
          <button class="btn">{say('account.save')}</button>
        </Form>
      </section>
    </Layout>
  )
}

function Head({ view, say, organization, chosen }: MembersView & { organization: Organization; chosen: Language | undefined }) {
  const base = `/members/${organization.key}/edit`
  return (
    <section class="stack">
      <p class="kicker">
        <a href={view.link('/members')}>{say('members.title')}</a> ›{' '}
        <a href={view.link(`/members/${organization.key}`)}>{nameIn(organization.name, view.language, organization.original)}</a>
      </p>
      <h1>{say('member.edit')}</h1>
      <nav class="tabs" aria-label={say('member.edit')}>
        {chosen === undefined ? <b aria-current="page">{say('member.facts')}</b> : <a href={view.link(base)}>{say('member.facts')}</a>}
        {languages.map((language) => {
          const words = `${languageNames[language]}${organization.name[language] === undefined && organization.profile[language] === undefined ? '' : ' ✓'}`
          return language === chosen ? (
            <b aria-current="page" lang={htmlLanguage[language]}>
              {words}
            </b>
          ) : (
            <a href={view.link(`${base}/texts?in=${language}`)} lang={htmlLanguage[language]}>
              {words}
            </a>
          )
        })}
      </nav>
    </section>
  )
}

/** Somebody was quicker: what the fields hold now, where it is not what is typed below. */
export function Stale({ say, now, typed, labels }: MembersView & { now: Typed; typed: Typed; labels: Record<string, string> }) {
  const differing = Object.keys(labels).filter((name) => (now[name] ?? '').trim() !== (typed[name] ?? '').trim())
  return (
    <div class="note bad" role="alert">
      <b>{say('stale.title')}</b>
      <span>{say('stale.lead')}</span>
      <dl class="facts">
        {differing.map((name) => (
          <>
            <dt>{labels[name]}</dt>
            <dd>{now[name] === undefined || now[name] === '' ? '–' : now[name]}</dd>
          </>
        ))}
      </dl>
    </div>
  )
}
