import { Hono } from 'hono'
import { escapeXml } from '../../../platform/download/xml.ts'
import { refuse } from '../../../platform/errors.ts'
import { publicUrl, type Ctx, type Env } from '../../../platform/http/context.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { countForSitemap, listingsForSitemap, listingsPerFile } from '../../exchange/index.ts'
import { countRecord, entryKinds, keysForSitemap, keysPerFile, plurals } from '../../record/index.ts'
import { conceptKeys, conceptsPerFile, countConcepts } from '../../vocabulary/index.ts'

/** What search engines ask for: where everything is, and what is not worth asking for. */
export const sitemapPages = new Hono<Env>()

const kinds = [...entryKinds, 'source'] as const
const folderOf = (kind: (typeof kinds)[number]) => (kind === 'source' ? 'sources' : plurals[kind])
/** Pages that are there whatever is on record. */
const standing = ['', '/exchange', '/record', '/disputes', '/concepts', ...kinds.map((kind) => `/${folderOf(kind)}`)]

sitemapPages.get('/robots.txt', (c) =>
  c.text(['User-agent: *', 'Disallow: /*/search', 'Disallow: /search', 'Disallow: /*?', `Sitemap: ${publicUrl(c)}/sitemap.xml`, ''].join('\n')),
)

sitemapPages.get('/sitemap.xml', async (c) => {
  const { counts, listings, concepts } = await c.var.deps.database.read(c.var.actor, async (db) => ({
    counts: await countRecord(db),
    listings: await countForSitemap(db),
    concepts: await countConcepts(db),
  }))
  const numbered = (folder: string, n: number, perFile: number) => Array.from({ length: Math.ceil(n / perFile) }, (_, index) => `${folder}-${index + 1}`)
  const files = [
    ...kinds.flatMap((kind) => numbered(folderOf(kind), counts[kind], keysPerFile)),
    ...numbered('listings', listings, listingsPerFile),
    ...numbered('concepts', concepts, conceptsPerFile),
  ]
  const addresses = ['pages', ...files].map((name) => `${publicUrl(c)}/sitemaps/${name}.xml`)
  return xml(
    c,
    'sitemapindex',
    addresses.map((address) => `<sitemap><loc>${escapeXml(address)}</loc></sitemap>`),
  )
})

sitemapPages.get('/sitemaps/:file', async (c) => {
  const name = c.req.param('file')
  if (name === 'pages.xml') return xml(c, 'urlset', inEveryLanguage(c, standing))
  const [, folder = '', number = ''] = /^([a-z-]+)-([1-9]\d{0,3})\.xml$/.exec(name) ?? []
  const file = Number(number) - 1
  const kind = kinds.find((each) => folderOf(each) === folder)
  if (kind === undefined && folder !== 'listings' && folder !== 'concepts') throw refuse('not_found')
  const keys = await c.var.deps.database.read(c.var.actor, async (db) => {
    if (kind !== undefined) return keysForSitemap(db, kind, file)
    return folder === 'concepts' ? conceptKeys(db, file) : (await listingsForSitemap(db, file)).map((key) => ({ key }))
  })
  if (keys.length === 0) throw refuse('not_found')
  return xml(
    c,
    'urlset',
    inEveryLanguage(
      c,
      keys.map(({ key }) => `/${folder}/${key}`),
    ),
  )
})

const inEveryLanguage = (c: Ctx, paths: readonly string[]) =>
  paths.flatMap((path) => languages.map((language) => `<url><loc>${escapeXml(`${publicUrl(c)}/${language}${path}`)}</loc></url>`))

function xml(c: Ctx, element: 'sitemapindex' | 'urlset', lines: readonly string[]): Response {
  const document = ['<?xml version="1.0" encoding="utf-8"?>', `<${element} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`, ...lines, `</${element}>`, '']
  return c.body(document.join('\n'), 200, { 'Content-Type': 'application/xml; charset=utf-8' })
}
