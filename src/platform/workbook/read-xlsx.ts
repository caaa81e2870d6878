import { posix } from 'node:path'
import { WorkbookError } from './workbook-error.ts'
import { readSheetXml, type SheetLimits, type SheetRow } from './sheet-xml.ts'
import { readDateStyles, readTexts } from './shared-parts.ts'
import { unpack } from './unpack.ts'
import { walkXml } from './xml.ts'

/** What an XLSX file may unfold to, of the parts that are read. */
const mostUnfolded = 24_000_000
const wantedParts = new Set(['xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/sharedStrings.xml', 'xl/styles.xml'])
const isWanted = (name: string) => wantedParts.has(name) || /^xl\/worksheets\/[^/]+\.xml$/.test(name)
/** The first bytes of what Office writes when a file has a password, and wrote before 2007; and the name of what is in the first kind only. */
const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const encrypted = Buffer.from('EncryptedPackage', 'utf16le')

/**
 * Reads the first sheet of an XLSX file (ECMA-376) from somebody unknown: what its cells show as text, whole days as `2026-11-22`; formulas are told of and not
 * read. Nothing is calculated, fetched or unfolded beyond the limits: 24 MB of XML, the rows and columns asked for.
 *
 * @param limits `maxRows`: rows with anything in them; `maxColumns`: what stands further right is left out
 * @returns the rows that have anything in them
 * @throws WorkbookError for what is none, has a password, unfolds to too much, or has too many rows
 */
export function readXlsx(file: Uint8Array, limits: SheetLimits): SheetRow[] {
  if (compound.equals(file.subarray(0, compound.length)))
    throw new WorkbookError(Buffer.from(file).includes(encrypted) ? 'workbook_encrypted' : 'workbook_unreadable')
  const parts = unpack(file, isWanted, mostUnfolded)
  const part = (name: string) => parts.get(name)
  const book = part('xl/workbook.xml')
  if (book === undefined) throw new WorkbookError('workbook_unreadable')
  const { first, since1904 } = readBook(book)
  const sheet = part(placeOf(part('xl/_rels/workbook.xml.rels'), first))
  if (sheet === undefined) throw new WorkbookError('workbook_unreadable')
  const [texts, styles] = [part('xl/sharedStrings.xml'), part('xl/styles.xml')]
  return readSheetXml(sheet, { texts: texts ? readTexts(texts) : [], dates: styles ? readDateStyles(styles) : new Set(), since1904 }, limits)
}

/** Which sheet is the first, and from when its days are counted. */
function readBook(xml: Uint8Array): { first: string; since1904: boolean } {
  let first: string | undefined
  let since1904 = false
  walkXml(xml, {
    open(name, attributes) {
      if (name === 'workbookPr') since1904 = /^(1|true)$/.test(attributes()['date1904'] ?? '')
      if (name === 'sheet') first ??= attributes()['id']
    },
  })
  return { first: first ?? '', since1904 }
}

/** In which part a sheet lies. */
function placeOf(xml: Uint8Array | undefined, id: string): string {
  let place = 'xl/worksheets/sheet1.xml'
  if (xml === undefined) return place
  walkXml(xml, {
    open(name, attributes) {
      if (name !== 'Relationship') return
      const { Id, Target = '' } = attributes()
      if (Id === id) place = Target.startsWith('/') ? Target.slice(1) : posix.join('xl', Target)
    },
  })
  return place
}
