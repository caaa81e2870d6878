import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline, type Duplex } from 'node:stream'
import { StreamParser, type Quad } from 'n3'
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import { isLanguage } from '../../../platform/i18n/languages.ts'
import type { FileIssue } from '../../../platform/text/csv.ts'
import type { Imported } from '../rules/attach.ts'
import type { LabelKind } from '../rules/draft.ts'
import { codeOfAddress } from '../rules/registers.ts'
import { prefixes } from '../rules/skos.ts'

export type RdfFile = { concepts: Imported[]; scheme: { name?: string; licence?: string; source?: string }; issues: FileIssue[] }

const { skos, dct, rdf } = prefixes
const labelWords: Record<string, LabelKind> = { [`${skos}prefLabel`]: 'preferred', [`${skos}altLabel`]: 'alternative', [`${skos}hiddenLabel`]: 'hidden' }

/** Reads a thesaurus in SKOS, Turtle or RDF/XML, as a stream: of what it says only what the vocabulary keeps stays in memory. */
export async function readRdf(path: string, form: 'turtle' | 'rdfxml'): Promise<RdfFile> {
  const seen = new Seen()
  const parser: Duplex = form === 'turtle' ? new StreamParser() : new RdfXmlParser({ baseIRI: 'file:' })
  pipeline(createReadStream(path, { encoding: 'utf8' }), parser, () => {}) // what fails on the way comes out of the loop below
  try {
    for await (const quad of parser as AsyncIterable<Quad>) seen.take(quad)
  } catch (error) {
    const line = Number((error as { context?: { line?: number } }).context?.line ?? /(?:^|\s|line )(\d+):/.exec((error as Error).message)?.[1] ?? 1)
    return { concepts: [], scheme: {}, issues: [wrong(path, line)] }
  }
  const concepts = seen.concepts()
  // The reader of RDF/XML does not mind a document that breaks off, and one without concepts is not what was meant.
  if (concepts.length === 0 || (form === 'rdfxml' && !(await isWhole(path)))) return { concepts: [], scheme: {}, issues: [wrong(path, 1)] }
  return { concepts, scheme: seen.scheme(), issues: [] }
}

const wrong = (path: string, line: number): FileIssue => ({ file: basename(path), line, issue: { path: '', code: 'wrong_form' } })

/** Whether a document of RDF/XML ends as it has to. */
async function isWhole(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const length = Math.min(size, 4096)
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length)
    const end = buffer.toString('utf8').lastIndexOf('</')
    return /^<\/[\w.-]*:?RDF\s*>/.test(buffer.toString('utf8').slice(end))
  } finally {
    await file.close()
  }
}

type Draft = Imported & { isConcept: boolean }

/** What a file has said so far, by subject. */
class Seen {
  private readonly drafts = new Map<string, Draft>()
  private readonly schemes = new Set<string>()
  private readonly said = new Map<string, Map<string, string>>()

  take({ subject, predicate, object }: Quad): void {
    if (subject.termType !== 'NamedNode') return
    const [uri, word] = [subject.value, predicate.value]
    const kind = labelWords[word]
    if (kind !== undefined && object.termType === 'Literal') this.label(uri, kind, object.value, object.language)
    else if (word === `${rdf}type` && object.value === `${skos}Concept`) this.of(uri).isConcept = true
    else if (word === `${rdf}type` && object.value === `${skos}ConceptScheme`) this.schemes.add(uri)
    else if (object.termType === 'NamedNode') this.link(uri, word, object.value)
    if (word.startsWith(dct) || word === `${skos}scopeNote`) this.text(uri, word, object.value, object.termType === 'Literal' ? object.language : '')
  }

  private of(uri: string): Draft {
    const found = this.drafts.get(uri) ?? { uri, labels: [], broader: [], related: [], codes: [], note: null, isConcept: false }
    this.drafts.set(uri, found)
    return found
  }

  private label(uri: string, kind: LabelKind, typed: string, tag: string) {
    const [base = ''] = tag.toLowerCase().split('-')
    const text = typed
      .normalize('NFC')
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .trim()
    if (!isLanguage(base) || text === '' || text.length > 200) return
    const { labels } = this.of(uri)
    if (labels.some((label) => label.language === base && label.text === text)) return
    // One preferred label a language, and in Chinese in simplified characters.
    const isTaken = labels.some((label) => label.language === base && label.kind === 'preferred')
    const isTraditional = /^zh-(tw|hk|mo|hant)/i.test(tag)
    labels.push({ language: base, kind: kind === 'preferred' && (isTaken || isTraditional) ? 'alternative' : kind, text })
  }

  private link(uri: string, word: string, to: string) {
    if (word === `${skos}broader`) this.of(uri).broader.push(to)
    else if (word === `${skos}narrower`) this.of(to).broader.push(uri)
    else if (word === `${skos}related`) this.of(uri).related.push(to)
    else if (word === `${skos}exactMatch`) {
      const code = codeOfAddress(to)
      if (code) this.of(uri).codes.push(code)
    }
  }

  /** Of a text in several languages the English one, else the first. */
  private text(uri: string, word: string, value: string, language: string) {
    const texts = this.said.get(uri) ?? new Map<string, string>()
    if (language === 'en' || !texts.has(word)) texts.set(word, value.replace(/\s+/g, ' ').trim())
    this.said.set(uri, texts)
  }

  concepts(): Imported[] {
    return [...this.drafts.values()]
      .filter(({ isConcept, labels }) => isConcept && labels.length > 0)
      .map(({ isConcept: _, ...each }) => ({
        ...each,
        broader: [...new Set(each.broader)],
        related: [...new Set(each.related)],
        note: this.said.get(each.uri)?.get(`${skos}scopeNote`)?.slice(0, 2000) || null,
      }))
  }

  scheme(): RdfFile['scheme'] {
    const [uri] = this.schemes
    const texts = this.said.get(uri ?? '')
    const say = (...words: string[]) => words.map((word) => texts?.get(dct + word)?.slice(0, 300)).find((text) => text)
    const [name, licence] = [say('title'), say('license', 'licence', 'rights')]
    return { ...(name && { name }), ...(licence && { licence }), ...(uri && { source: uri.slice(0, 500) }) }
  }
}
