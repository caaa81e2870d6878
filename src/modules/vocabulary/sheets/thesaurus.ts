import { open } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { FileIssue } from '../../../platform/text/csv.ts'
import type { Imported } from '../rules/attach.ts'
import { keyOfLabel } from '../rules/labels.ts'
import { conceptColumns, readConcepts } from './concepts.ts'
import { readRdf } from './rdf.ts'
import { readTerms, termForms } from './terms.ts'

export type Thesaurus = {
  concepts: Imported[]
  /** Several entries may be one concept. */
  isTermList: boolean
  scheme: { key: string; name: string; licence?: string; source?: string }
  issues: FileIssue[]
}

const byEnding: Record<string, 'turtle' | 'rdfxml' | 'csv'> = {
  '.ttl': 'turtle',
  '.nt': 'turtle',
  '.rdf': 'rdfxml',
  '.xml': 'rdfxml',
  '.owl': 'rdfxml',
  '.csv': 'csv',
}

/** Reads a thesaurus from a file, whichever of the forms it has: SKOS in Turtle or RDF/XML, concepts in CSV, a list of terms. */
export async function readThesaurus(path: string): Promise<Thesaurus> {
  const file = basename(path)
  const key = keyOfLabel(file.slice(0, -extname(path).length)).slice(0, 60) || 'imported'
  const wrong = (code: 'file_missing' | 'wrong_form' | 'wrong_columns', params?: Record<string, string>): Thesaurus => ({
    concepts: [],
    isTermList: false,
    scheme: { key, name: file },
    issues: [{ file, line: 1, issue: { path: '', code, ...(params && { params }) } }],
  })
  const form = byEnding[extname(path).toLowerCase()]
  const head = await firstLine(path)
  if (head === undefined) return wrong('file_missing')
  if (form === undefined) return wrong('wrong_form')
  if (form !== 'csv') {
    const { concepts, scheme, issues } = await readRdf(path, form)
    return { concepts, isTermList: false, scheme: { key, name: file, ...scheme }, issues }
  }
  const columns = head
    .replace(/^\uFEFF/, '')
    .trim()
    .split(',')
    .toSorted()
    .join()
  const terms = (['pairs', 'joined'] as const).find((each) => termForms[each].toSorted().join() === columns)
  if (terms) return { ...(await readTerms(path, terms)), isTermList: true, scheme: { key, name: file } }
  if (columns !== conceptColumns.toSorted().join()) return wrong('wrong_columns', { columns: conceptColumns.join(',') })
  const { drafts, issues } = await readConcepts(path)
  const uri = (each: string) => `concept:${each}`
  const concepts = drafts.map((draft) => ({ ...draft, uri: uri(draft.key), broader: draft.broader.map(uri), related: draft.related.map(uri) }))
  return { concepts, isTermList: false, scheme: { key, name: file }, issues }
}

async function firstLine(path: string): Promise<string | undefined> {
  const file = await open(path).catch(() => undefined)
  if (!file) return undefined
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    return buffer.toString('utf8', 0, bytesRead).split('\n')[0] ?? ''
  } catch {
    return undefined
  } finally {
    await file.close()
  }
}
