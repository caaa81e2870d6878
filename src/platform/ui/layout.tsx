import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { htmlLanguage, languageNames, languages, type Language } from '../i18n/languages.ts'
import type { View } from './view.ts'

export type LayoutProps = {
  view: View
  title: string
  description?: string
  /** Not to be found by search engines: refusals, searches. */
  unlisted?: boolean
  /** An Atom feed of what the page shows: its path without the language. */
  feed?: { path: string; title: string }
  /** The page asks for passkeys. */
  passkeys?: boolean
  /** The page has a form that is saved while it is being written. */
  autosave?: boolean
  /** The page has a field that offers names while somebody types. */
  suggests?: boolean
  children: Child
}

/** The page around every page. */
export function Layout({ view, title, description, unlisted: hidden, feed, passkeys, autosave, suggests, children }: LayoutProps) {
  const unlisted = hidden === true || view.demo
  const address = (language: Language) => `${view.base}/${language}${view.path === '/' ? '' : view.path}${search(view)}`
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={htmlLanguage[view.language]}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{view.path === '/' ? `Puente · ${title}` : `${title} · Puente`}</title>
          {description && <meta name="description" content={description} />}
          {unlisted ? <meta name="robots" content="noindex" /> : <link rel="canonical" href={address(view.language)} />}
          {!unlisted && languages.map((language) => <link rel="alternate" hreflang={htmlLanguage[language]} href={address(language)} />)}
          {feed && <link rel="alternate" type="application/atom+xml" title={feed.title} href={`/${view.language}${feed.path}`} />}
          {!unlisted && <Card view={view} title={title} description={description} address={address(view.language)} />}
          <link rel="icon" href={view.assets.icon.path} type="image/svg+xml" />
          <link rel="stylesheet" href={view.assets.style.path} />
          <script src={view.assets.script.path} defer />
          {passkeys && <script src={view.assets.passkey.path} defer />}
          {autosave && <script src={view.assets.autosave.path} defer />}
          {suggests && <script src={view.assets.suggest.path} defer />}
        </head>
        <body>
          <a class="skip" href="#content">
            {view.say('site.skip')}
          </a>
          {view.demo && <DemoBand view={view} />}
          <Header view={view} />
          <main id="content">{children}</main>
          <Footer view={view} />
        </body>
      </html>
    </>
  )
}

/** What social networks and messengers show of a link. */
function Card({ view, title, description, address }: Pick<LayoutProps, 'view' | 'title' | 'description'> & { address: string }) {
  return (
    <>
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content="Puente" />
      <meta property="og:url" content={address} />
      <meta property="og:title" content={title} />
      {description && <meta property="og:description" content={description} />}
      <meta property="og:image" content={`${view.base}${view.assets[`card-${view.language}`].path}`} />
      <meta property="og:image:width" content="1200" />
      <meta property="og:image:height" content="630" />
      <meta name="twitter:card" content="summary_large_image" />
    </>
  )
}

/** That this is a demonstration, on every page of one, with the way to be somebody else. */
function DemoBand({ view }: { view: View }) {
  return (
    <aside class="demo" aria-label={view.say('demo.label')}>
      <p>{view.say('demo.band')}</p>
      <a href={view.link('/demo')} aria-current={view.path === '/demo' ? 'page' : undefined}>
        {view.say('demo.choose')}
      </a>
    </aside>
  )
}

function Header({ view }: { view: View }) {
  return (
    <header class="bar">
      <a class="brand" href={view.link('/')} aria-label={view.say('site.home')}>
        <Mark />
        Puente
      </a>
      <nav class="nav wide-only" aria-label={view.say('site.navigation')}>
        <Navigation view={view} items={view.navigation.filter(({ more }) => !more)} />
        <More view={view} />
      </nav>
      <div class="ends">
        <a class="find" href={view.link('/search')} aria-label={view.say('search.label')} aria-current={view.path === '/search' ? 'page' : undefined}>
          <Lens />
        </a>
        <span class="me wide-only">
          <Me view={view} />
        </span>
        <Languages view={view} />
      </div>
      <details class="menu narrow-only">
        <summary>{view.say('site.menu')}</summary>
        <nav aria-label={view.say('site.navigation')}>
          <Navigation view={view} items={view.navigation} />
          <Me view={view} />
        </nav>
      </details>
    </header>
  )
}

/** The entries that would not fit on one line. */
function More({ view }: { view: View }) {
  const items = view.navigation.filter(({ more }) => more)
  return (
    <details class="more">
      <summary aria-current={items.some(({ path }) => isWithin(view.path, path)) ? 'true' : undefined}>{view.say('site.more')}</summary>
      <div>
        <Navigation view={view} items={items} />
      </div>
    </details>
  )
}

function Navigation({ view, items }: { view: View; items: View['navigation'] }) {
  return (
    <>
      {items.map(({ path, label }) => (
        <a href={view.link(path)} aria-current={isWithin(view.path, path) ? 'page' : undefined}>
          {label[view.language]}
        </a>
      ))}
    </>
  )
}

/** The way in, or who is signed in. */
function Me({ view }: { view: View }) {
  const here = (path: string) => (isWithin(view.path, path) ? ('page' as const) : undefined)
  if (view.person === undefined)
    return (
      <a href={view.link('/sign-in')} aria-current={here('/sign-in')}>
        {view.say('site.sign-in')}
      </a>
    )
  return (
    <>
      {view.desk.length > 0 && (
        <a href={view.link('/desk')} aria-current={here('/desk')}>
          {view.say('site.desk')}
        </a>
      )}
      <a class="name" href={view.link('/account')} aria-current={here('/account')}>
        {view.person.name}
      </a>
    </>
  )
}

function Languages({ view }: { view: View }) {
  return (
    <nav class="langs" aria-label={view.say('site.languages')}>
      {languages.map((language) =>
        language === view.language ? (
          <b lang={htmlLanguage[language]}>{languageNames[language]}</b>
        ) : (
          <a href={`/${language}${view.path === '/' ? '' : view.path}${search(view)}`} lang={htmlLanguage[language]} hreflang={htmlLanguage[language]}>
            {languageNames[language]}
          </a>
        ),
      )}
    </nav>
  )
}

function Footer({ view }: { view: View }) {
  return (
    <footer>
      <span>{view.say('site.licence')}</span>
      <a href="/api/v1/openapi.json">{view.say('site.api')}</a>
      <a href={view.link(`/corrections/new?about=${encodeURIComponent(view.path)}`)}>{view.say('site.correct')}</a>
      {view.footer.map(({ path, label }) => (
        <a href={view.link(path)}>{label[view.language]}</a>
      ))}
      <a href={view.link(`/reports/new?about=${encodeURIComponent(view.path)}`)} rel="nofollow">
        {view.say('site.report')}
      </a>
    </footer>
  )
}

/** The bridge of the name. */
function Mark() {
  return (
    <svg width="26" height="18" viewBox="0 0 26 18" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true">
      <path d="M1 15h24M4 15C5 6 9 2.5 13 2.5S21 6 22 15M9 15V5.2M17 15V5.2M13 15V2.6" />
    </svg>
  )
}

function Lens() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.8" aria-hidden="true">
      <circle cx="8.5" cy="8.5" r="5.6" />
      <path d="M12.8 12.8 18 18" />
    </svg>
  )
}

const isWithin = (path: string, item: string) => path === item || path.startsWith(`${item}/`)

const search = (view: View) => (view.query.size > 0 ? `?${view.query.toString()}` : '')
