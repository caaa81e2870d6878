import fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { atomFeed, type AtomFeed } from './atom.ts'
import { xmlText } from './xml.ts'

type Texts = { '#text'?: string; [attribute: string]: string | undefined }
type Parsed = {
  feed: {
    [name: string]: unknown
    entry?: { id: string; title: string; updated: string; published?: string; summary?: string; link: Texts; '@xml:lang': string }[]
  }
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: { enabled: true, maxTotalExpansions: 100_000 },
  isArray: (name) => name === 'entry',
})

const feed = (change: Partial<AtomFeed> = {}): AtomFeed => ({
  id: 'urn:uuid:0199e2a0-0000-7000-8000-000000000001',
  title: 'Puente',
  updated: new Date('2026-03-01T12:00:00Z'),
  selfUrl: 'https://www.example.org/feed.atom?lang=vi&kind=a',
  alternateUrl: 'https://www.example.org/',
  author: 'Mạng lưới',
  rights: 'CC BY 4.0',
  language: 'vi',
  entries: [],
  ...change,
})

const entry = (change: Partial<AtomFeed['entries'][number]> = {}) => ({
  id: 'https://www.example.org/events/1',
  title: '会议',
  updated: new Date('2026-02-01T00:00:00Z'),
  link: 'https://www.example.org/events/1',
  language: 'zh',
  ...change,
})

describe('an Atom feed', () => {
  test('is what RFC 4287 asks for', () => {
    const xml = atomFeed(feed({ entries: [entry({ published: new Date('2026-01-31T00:00:00Z'), summary: 'a < b' }), entry()] }))
    expect(XMLValidator.validate(xml)).toBe(true)
    expect(xml).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">
      <id>urn:uuid:0199e2a0-0000-7000-8000-000000000001</id>
      <title>Puente</title>
      <updated>2026-03-01T12:00:00.000Z</updated>
      <link rel="self" type="application/atom+xml" href="https://www.example.org/feed.atom?lang=vi&amp;kind=a"/>
      <link rel="alternate" type="text/html" href="https://www.example.org/"/>
      <author><name>Mạng lưới</name></author>
      <rights>CC BY 4.0</rights>
      <entry xml:lang="zh">
      <id>https://www.example.org/events/1</id>
      <title>会议</title>
      <updated>2026-02-01T00:00:00.000Z</updated>
      <published>2026-01-31T00:00:00.000Z</published>
      <link rel="alternate" type="text/html" href="https://www.example.org/events/1"/>
      <summary>a &lt; b</summary>
      </entry>
      <entry xml:lang="zh">
      <id>https://www.example.org/events/1</id>
      <title>会议</title>
      <updated>2026-02-01T00:00:00.000Z</updated>
      <link rel="alternate" type="text/html" href="https://www.example.org/events/1"/>
      </entry>
      </feed>
      "
    `)
  })

  test('gives back any text, but for what XML cannot carry', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('\ud83d', '\ude00', '\uffff', 'a') }),
      fc.string({ unit: fc.constantFrom(...Array.from('<>&"\';#x]! \t\r\nlt')) }),
    )
    fc.assert(
      fc.property(anyText, anyText, anyText, (title, summary, rights) => {
        const xml = atomFeed(feed({ title, rights, author: title, entries: [entry({ title, summary, language: summary })] }))
        expect(xml).not.toMatch(/[^\P{Cc}\t\n]/u)
        expect(XMLValidator.validate(xml)).toBe(true)
        const { feed: read } = parser.parse(xml) as Parsed
        expect(read['title']).toBe(xmlText(title))
        expect(read['rights']).toBe(xmlText(rights))
        expect(read.entry).toHaveLength(1)
        expect(read.entry?.[0]).toMatchObject({ title: xmlText(title), summary: xmlText(summary), '@xml:lang': xmlText(summary) })
      }),
    )
  })

  test('leaves out what an entry does not have', () => {
    const [read] = (parser.parse(atomFeed(feed({ entries: [entry()] }))) as Parsed).feed.entry ?? []
    expect(Object.keys(read ?? {}).filter((name) => !name.startsWith('#'))).toEqual(['id', 'title', 'updated', 'link', '@xml:lang'])
  })

  test.each([
    [{ id: 'not an address' }],
    [{ id: '/events' }],
    [{ selfUrl: '/feed' }],
    [{ alternateUrl: 'javascript:alert(1)' }],
    [{ entries: [entry({ link: 'data:text/html,x' })] }],
    [{ entries: [entry({ id: '' })] }],
  ])('refuses %j', (change) => {
    expect(() => atomFeed(feed(change))).toThrow(TypeError)
  })

  test('refuses a date that is none', () => {
    expect(() => atomFeed(feed({ updated: new Date('never') }))).toThrow(RangeError)
  })

  test('encodes links as URIs', () => {
    const xml = atomFeed(feed({ entries: [entry({ link: 'https://www.example.org/疫苗?a="b"&c=<d>' })] }))
    expect(xml).toContain('href="https://www.example.org/%E7%96%AB%E8%8B%97?a=%22b%22&amp;c=%3Cd%3E"')
  })
})
