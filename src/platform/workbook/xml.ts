import { Parser } from 'saxen'
import { WorkbookError } from './workbook-error.ts'

export type Handlers = {
  open?: (name: string, attributes: () => Record<string, string>, isClosed: boolean) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

/** The name of an element without its prefix, which each program chooses for itself. */
const local = (name: string) => name.slice(name.indexOf(':') + 1)

/**
 * Walks through an XML part of a workbook. Entities other than the five of XML are not known, so none unfolds; nothing is fetched.
 *
 * @throws WorkbookError `workbook_unreadable` for what is not well-formed, or has a document type
 */
export function walkXml(bytes: Uint8Array, { open, close, text }: Handlers): void {
  const xml = new TextDecoder('utf-8').decode(bytes)
  if (/<!DOCTYPE/i.test(xml.slice(0, 2000))) throw new WorkbookError('workbook_unreadable')
  const parser = new Parser()
  parser.on('openTag', (name, attributes, decode, isClosed) => open?.(local(name), () => decoded(attributes(), decode), isClosed))
  parser.on('closeTag', (name) => close?.(local(name)))
  parser.on('text', (piece, decode) => text?.(decode(piece)))
  parser.on('cdata', (piece) => text?.(piece))
  parser.on('error', (error) => {
    throw new WorkbookError('workbook_unreadable', {}, error)
  })
  parser.parse(xml)
}

const decoded = (attributes: Record<string, string>, decode: (text: string) => string) =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [local(name), decode(value)]))
