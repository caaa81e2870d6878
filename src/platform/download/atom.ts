import { escapeXml } from './xml.ts'

/** An entry of a feed. `id` is an IRI that never changes, also if the page moves; `link` the page it tells of; `language` BCP 47. */
export type AtomEntry = { id: string; title: string; updated: Date; published?: Date; link: string; summary?: string; language: string }

/** A feed. `selfUrl` is its own address, `alternateUrl` that of the page with the same content, `rights` the licence if it is open to everybody, `language` that of title and rights. */
export type AtomFeed = {
  id: string
  title: string
  updated: Date
  selfUrl: string
  alternateUrl: string
  author: string
  rights?: string
  language?: string
  entries: readonly AtomEntry[]
}

/**
 * Writes an Atom feed (RFC 4287) as a whole document. All texts are plain text, escaped, without what XML cannot carry; entries stay in the order given.
 *
 * @throws TypeError if an id is not an absolute IRI or a link is not an absolute http or https address; RangeError for an invalid date
 */
export function atomFeed(feed: AtomFeed): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom"${language(feed.language)}>`,
    element('id', iri(feed.id)),
    element('title', feed.title),
    element('updated', feed.updated.toISOString()),
    `<link rel="self" type="application/atom+xml" href="${href(feed.selfUrl)}"/>`,
    `<link rel="alternate" type="text/html" href="${href(feed.alternateUrl)}"/>`,
    `<author>${element('name', feed.author)}</author>`,
    ...(feed.rights === undefined ? [] : [element('rights', feed.rights)]),
    ...feed.entries.map(entryXml),
    '</feed>\n',
  ].join('\n')
}

function entryXml(entry: AtomEntry): string {
  return [
    `<entry${language(entry.language)}>`,
    element('id', iri(entry.id)),
    element('title', entry.title),
    element('updated', entry.updated.toISOString()),
    ...(entry.published ? [element('published', entry.published.toISOString())] : []),
    `<link rel="alternate" type="text/html" href="${href(entry.link)}"/>`,
    ...(entry.summary === undefined ? [] : [element('summary', entry.summary)]),
    '</entry>',
  ].join('\n')
}

const element = (name: string, text: string) => `<${name}>${escapeXml(text)}</${name}>`

const language = (tag: string | undefined) => (tag === undefined ? '' : ` xml:lang="${escapeXml(tag)}"`)

function iri(id: string): string {
  if (/\s/.test(id) || !URL.canParse(id)) throw new TypeError(`an id in a feed must be an absolute IRI: ${id}`)
  return id
}

/** Feed readers follow links, so nothing but web addresses gets into one. */
function href(address: string): string {
  const url = URL.parse(address)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new TypeError(`a link in a feed must be an absolute web address: ${address}`)
  return escapeXml(url.href)
}
