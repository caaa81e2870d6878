import { describe, expect, test } from 'vitest'
import { htmlLanguage, languages, type Language } from '../src/platform/i18n/languages.ts'
import { readHtml, type Element } from './support/html.ts'
import { everything, todays } from './support/share.ts'
import { onBothEngines, type World } from './support/world.ts'

// Of pages that differ in their key only, so many are looked at in each language; where everything is asked, all in the first language.
const ofEachKind = 8

onBothEngines('a visitor without scripts and styles', (world, engine) => {
  describe.each(todays(languages, 1, engine === 'embedded' ? 0 : 2))('in %s', (language) => {
    test('gets through every link and form of the site, and each page is sound HTML', { timeout: 240_000 }, async () => {
      const all = everything && language === languages[0] && engine === 'embedded'
      const { pages, faults } = await crawl(world(), language, all ? Infinity : ofEachKind)
      expect(faults).toEqual([])
      expect(pages).toBeGreaterThan(all ? 900 : 100)
    })
  })
})

async function crawl(world: World, language: Language, most: number) {
  const seen = new Set<string>()
  const ofKind = new Map<string, number>()
  const queue = [{ path: `/${language}`, from: 'the address bar' }]
  const faults: string[] = []
  for (let at = queue.shift(); at; at = queue.shift()) {
    const { path, from } = at
    const answer = await world.ask(path)
    const html = await answer.text()
    if (answer.status !== 200) faults.push(`${path}, linked from ${from}: ${answer.status}`)
    if (!answer.headers.get('content-type')?.startsWith('text/html')) continue
    const { elements, faults: broken } = readHtml(html)
    faults.push(...[...broken, ...lookOver(elements, language)].map((fault) => `${path}: ${fault}`))
    for (const next of addresses(elements, path)) {
      if (seen.has(next) || !(next === `/${language}` || next.startsWith(`/${language}/`))) continue
      seen.add(next)
      const count = (ofKind.get(kindOf(next)) ?? 0) + 1
      ofKind.set(kindOf(next), count)
      if (count <= most) queue.push({ path: next, from: path })
    }
    if (faults.length > 20) break
  }
  return { pages: seen.size, faults }
}

/** Addresses that differ in nothing but a key or the values asked for are of one kind. */
function kindOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://localhost')
  return `${pathname.split('/').slice(0, 3).join('/')}/${pathname.split('/')[4] ?? ''}?${[...searchParams.keys()].sort().join()}`
}

/** Where the links of a page lead, and its GET forms, sent as they stand. */
function addresses(elements: Element[], path: string): string[] {
  const base = new URL(path, 'http://localhost')
  const links = elements.filter(({ name, attributes }) => name === 'a' && attributes['href'] !== undefined).map(({ attributes }) => attributes['href'] ?? '')
  const forms = elements
    .filter(({ name, attributes }) => name === 'form' && attributes['method'] !== 'post')
    .map(({ attributes }) => attributes['action'] ?? path)
  return [...links, ...forms]
    .map((href) => new URL(href, base))
    .filter(({ host }) => host === base.host)
    .map(({ pathname, search }) => pathname + search)
}

function lookOver(elements: Element[], language: Language): string[] {
  return [...document(elements, language), ...scripts(elements), ...anchors(elements), ...controls(elements), ...tables(elements), ...words(elements)]
}

function document(elements: Element[], language: Language): string[] {
  // A drawing has titles of its own.
  const count = (name: string) => elements.filter((element) => element.name === name && !element.parents.some((parent) => parent.name === 'svg')).length
  return [
    ...(elements[0]?.attributes['lang'] === htmlLanguage[language] ? [] : [`is in ${elements[0]?.attributes['lang'] ?? 'no language'}`]),
    ...['title', 'h1', 'main'].filter((name) => count(name) !== 1).map((name) => `has ${count(name)} ${name}`),
    ...elements
      .filter(({ name, text }) => ['title', 'h1', 'h2', 'h3', 'button', 'th', 'label'].includes(name) && text === '')
      .map(({ name }) => `has an empty ${name}`),
    ...headings(elements),
  ]
}

/** What stands where words belong and is none: a value that is not there, a name of ours, a word of a list that has its own in every language. */
function words(elements: Element[]): string[] {
  const shown = elements.filter(({ name }) =>
    ['title', 'h1', 'h2', 'h3', 'a', 'dt', 'dd', 'td', 'th', 'p', 'li', 'small', 'span', 'option', 'button'].includes(name),
  )
  const inner = shown.filter((element) => !['a', 'dd', 'td', 'p', 'li'].includes(element.name) || element.text.length < 400)
  return [
    ...inner.flatMap(({ name, text }) => {
      const found = /\b(undefined|NaN)(?![A-Za-z])|\[object \w+\]|\{\w+\}|\b(kind|status|field|plural|lead|stage|qualifier)\.[a-z][a-z_-]+\b/.exec(text)?.[0]
      return found === undefined ? [] : [`says ${found} in ${name}`]
    }),
    ...elements.flatMap(({ attributes, text }) =>
      /^tag\b/.test(attributes['class'] ?? '') && /^[a-z]+(-[a-z]+)+$/.test(text) ? [`marks something as ${text}`] : [],
    ),
    ...elements.flatMap(({ attributes }) => (/\/(undefined|null|NaN)\b/.test(attributes['href'] ?? '') ? [`leads to ${attributes['href']}`] : [])),
  ]
}

function headings(elements: Element[]): string[] {
  const levels = elements.filter(({ name }) => /^h[1-6]$/.test(name)).map(({ name }) => Number(name[1]))
  return levels.flatMap((level, index) => (level > (levels[index - 1] ?? 0) + 1 ? [`goes from h${levels[index - 1] ?? 0} to h${level}`] : []))
}

function scripts(elements: Element[]): string[] {
  return elements.flatMap(({ name, attributes, text }) => [
    ...(name === 'script' && text !== '' && attributes['type'] !== 'application/ld+json' ? ['has a script in it'] : []),
    ...(name === 'style' ? ['has a style sheet in it'] : []),
    ...Object.keys(attributes)
      .filter((key) => key === 'style' || key.startsWith('on'))
      .map((key) => `has ${key} on ${name}`),
    ...(attributes['href']?.startsWith('javascript:') ? ['has a link that runs'] : []),
    ...(['script', 'link', 'img'].includes(name) && /^https?:/.test(attributes['src'] ?? (attributes['rel'] === 'stylesheet' ? (attributes['href'] ?? '') : ''))
      ? [`loads a ${name} from elsewhere`]
      : []),
  ])
}

function anchors(elements: Element[]): string[] {
  const ids = elements.flatMap(({ attributes }) => attributes['id'] ?? [])
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `has id ${id} twice`),
    ...elements.flatMap(({ name, attributes, text }) => [
      ...(name === 'a' && text === '' && attributes['aria-label'] === undefined ? [`has a link without words to ${attributes['href']}`] : []),
      ...(attributes['href']?.startsWith('#') && !ids.includes(attributes['href'].slice(1)) ? [`has a link to ${attributes['href']}, which is not there`] : []),
      ...(attributes['aria-describedby'] ?? '')
        .split(' ')
        .filter((id) => id !== '' && !ids.includes(id))
        .map((id) => `describes by #${id}, which is not there`),
    ]),
  ]
}

function controls(elements: Element[]): string[] {
  const labelled = new Set(elements.flatMap(({ name, attributes }) => (name === 'label' ? (attributes['for'] ?? []) : [])))
  return elements
    .filter(({ name, attributes }) => ['input', 'select', 'textarea'].includes(name) && attributes['type'] !== 'hidden')
    .flatMap(({ name, attributes, parents }) => [
      ...(labelled.has(attributes['id'] ?? '') || parents.some((parent) => parent.name === 'label') || attributes['aria-label']
        ? []
        : [`has ${name} ${attributes['name']} without a label`]),
      ...(parents.some((parent) => parent.name === 'form') ? [] : [`has ${name} ${attributes['name']} outside of a form`]),
    ])
}

function tables(elements: Element[]): string[] {
  return elements
    .filter(({ name }) => name === 'table')
    .flatMap((table) => {
      const inside = elements.filter(({ parents }) => parents.includes(table))
      return inside.some(({ name, attributes }) => name === 'th' && attributes['scope']) ? [] : ['has a table without headings']
    })
}
