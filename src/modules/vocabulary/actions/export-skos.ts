import type { Actor } from '../../../platform/access/actor.ts'
import type { Database } from '../../../platform/db/database.ts'
import { formatLabels } from '../rules/labels.ts'
import { rdfXmlEnd, rdfXmlHead, rdfXmlOf, schemeTurtle, turtleOf } from '../rules/skos.ts'
import { conceptColumns } from '../sheets/concepts.ts'
import { listForExport, type Exported } from '../store/exports.ts'

export const exportFormats = ['turtle', 'rdfxml', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

const licence = 'https://creativecommons.org/licenses/by/4.0/'

/** How a format is written: its beginning, some concepts, its end. */
const writers: Record<ExportFormat, (base: string) => { head: string; some: (concepts: readonly Exported[]) => string; end: string }> = {
  turtle: (base) => ({ head: schemeTurtle(base, licence), some: (concepts) => turtleOf(concepts, base), end: '' }),
  rdfxml: (base) => ({ head: rdfXmlHead(base, licence), some: (concepts) => concepts.map((each) => rdfXmlOf(each, base)).join(''), end: rdfXmlEnd }),
  csv: () => ({
    head: `${conceptColumns.join(',')}\n`,
    some: (concepts) =>
      concepts
        .filter(({ state }) => state === 'current')
        .map(csvLine)
        .join(''),
    end: '',
  }),
}

/**
 * The whole vocabulary piece by piece, each batch read in a short transaction of its own. The first is there before this returns, so that a refusal can still be an answer.
 *
 * @param base address of the server, for the lasting addresses of concepts
 */
export async function skosPieces(database: Database, actor: Actor, format: ExportFormat, base: string): Promise<AsyncGenerator<string, undefined>> {
  const { head, some, end } = writers[format](base)
  const read = (cursor: string | undefined) => database.read(actor, (db) => listForExport(db, { cursor }))
  const first = await read(undefined)
  return (async function* () {
    yield head
    for (let page = first; ; page = await read(page.next)) {
      yield some(page.rows)
      if (page.next === undefined) break
    }
    yield end
    return undefined
  })()
}

function csvLine({ key, broader, related, labels, codes, note }: Exported): string {
  const cells = [
    key,
    broader.join(' '),
    related.join(' '),
    ...(['en', 'es', 'zh', 'vi'] as const).map((language) => formatLabels(labels, language)),
    codes.map(({ register, code }) => `${register}:${code}`).join(' '),
    note ?? '',
  ]
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`
}
