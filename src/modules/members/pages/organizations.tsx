import { Hono } from 'hono'
import type { Person } from '../../../platform/access/actor.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { mediaTypeOf } from '../../../platform/files/media-type.ts'
import { pictureSize } from '../../../platform/files/picture.ts'
import type { Ctx, Env } from '../../../platform/http/context.ts'
import { isLanguage, type Language } from '../../../platform/i18n/languages.ts'
import { changeFacts, changeLogo, changeTexts, openOrganization } from '../actions/organizations.ts'
import { factsInput, textsInput } from '../schema/organizations.ts'
import { FactsPage, TextsPage, type Typed } from '../views/member-edit.tsx'
import { attempt, formOf, forPerson, keyOf, statusOf, wordsOf } from './signed-in.ts'

/** What an organization's own people, or the secretariat for them, write of it. */
export const organizationPages = new Hono<Env>()

const logoTypes = ['image/png', 'image/jpeg', 'image/webp']
const largestLogo = 200_000
/** Pixels: a small file may unfold to gigabytes in the browser of whoever looks at it. */
const widestLogo = 4000

type Shown = { issues?: readonly Issue[]; typed?: Typed; stale?: boolean }

const read = (c: Ctx, person: Person) => c.var.deps.database.read(person, (db) => openOrganization(db, keyOf(c)))

async function factsPage(c: Ctx, person: Person, { issues = [], ...shown }: Shown = {}) {
  const { organization } = await read(c, person)
  return <FactsPage {...wordsOf(c)} organization={organization} issues={issues} {...shown} />
}

async function textsPage(c: Ctx, person: Person, language: Language, { issues = [], ...shown }: Shown = {}) {
  const { organization } = await read(c, person)
  return <TextsPage {...wordsOf(c)} organization={organization} language={language} issues={issues} {...shown} />
}

organizationPages.get(
  '/members/:key/edit',
  forPerson(async (c, person) => c.html(await factsPage(c, person))),
)

organizationPages.post(
  '/members/:key/edit',
  forPerson(async (c, person) => {
    const typed = await formOf(c)
    const ended = await attempt(factsInput, typed, (input) => changeFacts(c.var.deps.database, person, keyOf(c), input))
    if ('issues' in ended) return c.html(await factsPage(c, person, { ...ended, typed }), statusOf(ended))
    return c.redirect(wordsOf(c).view.link(`/members/${keyOf(c)}`), 303)
  }),
)

organizationPages.get(
  '/members/:key/edit/texts',
  forPerson(async (c, person) => {
    const wanted = c.req.query('in')
    return c.html(await textsPage(c, person, isLanguage(wanted) ? wanted : c.var.language))
  }),
)

organizationPages.post(
  '/members/:key/edit/texts',
  forPerson(async (c, person) => {
    const typed = await formOf(c)
    const language = isLanguage(typed['language']) ? typed['language'] : c.var.language
    const ended = await attempt(textsInput, typed, (input) => changeTexts(c.var.deps.database, person, keyOf(c), input))
    if ('issues' in ended) return c.html(await textsPage(c, person, language, { ...ended, typed }), statusOf(ended))
    return c.redirect(wordsOf(c).view.link(`/members/${keyOf(c)}`), 303)
  }),
)

organizationPages.post(
  '/members/:key/logo',
  forPerson(async (c, person) => {
    const { logo } = await c.req.parseBody()
    const issue = (code: Issue['code'], params?: Record<string, string | number>) => [{ path: 'logo', code, ...(params && { params }) }]
    if (!(logo instanceof File) || logo.size === 0) return c.html(await factsPage(c, person, { issues: issue('required') }), 422)
    if (logo.size > largestLogo) return c.html(await factsPage(c, person, { issues: issue('file_too_large', { limit: '200 KB' }) }), 422)
    const bytes = new Uint8Array(await logo.arrayBuffer())
    const mediaType = await mediaTypeOf(bytes)
    if (!logoTypes.includes(mediaType)) throw refuse('file_type_refused', { type: mediaType, accepted: logoTypes.join(', ') })
    const { width, height } = pictureSize(bytes) ?? { width: Infinity, height: Infinity }
    if (Math.max(width, height) > widestLogo) return c.html(await factsPage(c, person, { issues: issue('picture_too_large', { limit: widestLogo }) }), 422)
    await changeLogo(c.var.deps.database, person, keyOf(c), { mediaType, bytes })
    return c.redirect(wordsOf(c).view.link(`/members/${keyOf(c)}/edit`), 303)
  }),
)

organizationPages.post(
  '/members/:key/logo/end',
  forPerson(async (c, person) => {
    await changeLogo(c.var.deps.database, person, keyOf(c), undefined)
    return c.redirect(wordsOf(c).view.link(`/members/${keyOf(c)}/edit`), 303)
  }),
)
