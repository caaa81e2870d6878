import { DataFactory, Writer, type Quad } from 'n3'
import { escapeXml } from '../../../platform/download/xml.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import type { ConceptDraft, LabelKind } from './draft.ts'

const { literal, namedNode, quad } = DataFactory

export const prefixes = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  owl: 'http://www.w3.org/2002/07/owl#',
  dct: 'http://purl.org/dc/terms/',
} as const

/** A concept to be written in SKOS. */
export type Skos = ConceptDraft & { state: 'current' | 'retired'; replacedBy: string | null; matches: readonly string[] }

const labelWords: Record<LabelKind, string> = { preferred: 'prefLabel', alternative: 'altLabel', hidden: 'hiddenLabel' }

/** One statement about a concept: its word, with the prefix before it, and a text of a language or an address. */
type Statement = { word: `${'skos' | 'owl' | 'dct'}:${string}` } & ({ text: string; language?: string; type?: string } | { address: string })

function statementsOf(concept: Skos, base: string): Statement[] {
  const at = (key: string) => ({ address: `${base}/concepts/${key}` })
  return [
    { word: 'skos:inScheme', address: `${base}/concepts` },
    ...concept.labels.map(({ kind, language, text }): Statement => ({ word: `skos:${labelWords[kind]}`, text, language })),
    ...concept.broader.map((key): Statement => ({ word: 'skos:broader', ...at(key) })),
    ...concept.related.map((key): Statement => ({ word: 'skos:related', ...at(key) })),
    ...(concept.broader.length === 0 && concept.state === 'current' ? [{ word: 'skos:topConceptOf', address: `${base}/concepts` } as const] : []),
    ...concept.codes.map(({ register, code }): Statement => ({ word: 'skos:notation', text: `${register}:${code}` })),
    ...concept.matches.filter((uri) => /^https?:\/\/[^\s<>"{}|\\^`]+$/.test(uri)).map((uri): Statement => ({ word: 'skos:exactMatch', address: uri })),
    ...(concept.note === null ? [] : [{ word: 'skos:scopeNote', text: concept.note, language: 'en' } as const]),
    ...(concept.state === 'retired' ? [{ word: 'owl:deprecated', text: 'true', type: 'http://www.w3.org/2001/XMLSchema#boolean' } as const] : []),
    ...(concept.replacedBy === null ? [] : [{ word: 'dct:isReplacedBy', ...at(concept.replacedBy) } as const]),
  ]
}

const expand = (word: Statement['word']) => {
  const [prefix = '', name = ''] = word.split(':')
  return namedNode(prefixes[prefix as 'skos'] + name)
}

function quadsOf(concept: Skos, base: string): Quad[] {
  const subject = namedNode(`${base}/concepts/${concept.key}`)
  return [
    quad(subject, namedNode(`${prefixes.rdf}type`), namedNode(`${prefixes.skos}Concept`)),
    ...statementsOf(concept, base).map((statement) =>
      quad(
        subject,
        expand(statement.word),
        'address' in statement
          ? namedNode(statement.address)
          : literal(statement.text, statement.language ?? (statement.type === undefined ? undefined : namedNode(statement.type))),
      ),
    ),
  ]
}

/** Concepts as Turtle. Each piece names its prefixes, so that pieces one after the other are a document too. */
export function turtleOf(concepts: readonly Skos[], base: string): string {
  const writer = new Writer({ prefixes })
  for (const concept of concepts) writer.addQuads(quadsOf(concept, base))
  let text = ''
  writer.end((_, result: string) => {
    text = result
  })
  return text
}

/** The scheme that all concepts stand in, as Turtle. */
export const schemeTurtle = (base: string, licence: string): string =>
  `@prefix skos: <${prefixes.skos}>.\n@prefix dct: <${prefixes.dct}>.\n<${base}/concepts> a skos:ConceptScheme; dct:title "Puente"; dct:license <${licence}>.\n`

export const rdfXmlHead = (base: string, licence: string): string =>
  [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<rdf:RDF ${Object.entries(prefixes)
      .map(([name, address]) => `xmlns:${name}="${address}"`)
      .join(' ')}>`,
    `<skos:ConceptScheme rdf:about="${escapeXml(base)}/concepts"><dct:title>Puente</dct:title><dct:license rdf:resource="${licence}"/></skos:ConceptScheme>`,
    '',
  ].join('\n')
export const rdfXmlEnd = '</rdf:RDF>\n'

/** A concept as an element of RDF/XML. */
export function rdfXmlOf(concept: Skos, base: string): string {
  const lines = statementsOf(concept, base).map((statement) => {
    if ('address' in statement) return `  <${statement.word} rdf:resource="${escapeXml(statement.address)}"/>`
    const mark = statement.language ? ` xml:lang="${statement.language}"` : statement.type ? ` rdf:datatype="${statement.type}"` : ''
    return `  <${statement.word}${mark}>${escapeXml(statement.text)}</${statement.word}>`
  })
  return `<skos:Concept rdf:about="${escapeXml(`${base}/concepts/${concept.key}`)}">\n${lines.join('\n')}\n</skos:Concept>\n`
}

/** A concept as JSON-LD, in the words of SKOS. */
export function jsonLdOf(concept: Skos, base: string): Record<string, unknown> {
  const at = (keys: readonly string[]) => keys.map((key) => ({ '@id': `${base}/concepts/${key}` }))
  const texts = (kind: LabelKind) =>
    Object.fromEntries(
      languages.flatMap((language) => {
        const found = concept.labels.filter((label) => label.kind === kind && label.language === language).map(({ text }) => text)
        return found.length === 0 ? [] : [[language, kind === 'preferred' ? found[0] : found]]
      }),
    )
  const label = { '@container': '@language' }
  return {
    '@context': { '@vocab': prefixes.skos, owl: prefixes.owl, dct: prefixes.dct, prefLabel: label, altLabel: label, hiddenLabel: label },
    '@id': `${base}/concepts/${concept.key}`,
    '@type': 'Concept',
    inScheme: { '@id': `${base}/concepts` },
    prefLabel: texts('preferred'),
    altLabel: texts('alternative'),
    hiddenLabel: texts('hidden'),
    broader: at(concept.broader),
    related: at(concept.related),
    notation: concept.codes.map(({ register, code }) => `${register}:${code}`),
    exactMatch: concept.matches.map((uri) => ({ '@id': uri })),
    ...(concept.note !== null && { scopeNote: concept.note }),
    ...(concept.state === 'retired' && { 'owl:deprecated': true }),
    ...(concept.replacedBy !== null && { 'dct:isReplacedBy': { '@id': `${base}/concepts/${concept.replacedBy}` } }),
  }
}
