import type { Column } from '../../../platform/download/column.ts'
import { plurals } from '../schema.ts'
import type { Listed, Party } from '../store/catalogue.ts'

/** The licence of the data, stated with every download. */
export const licence = 'https://creativecommons.org/licenses/by/4.0/'

/** The columns of a list as a file. @param base address of the server, for the lasting addresses of entries */
export function listColumns(base: string): Column<Listed>[] {
  const text = (name: string, value: (row: Listed) => string | null | undefined): Column<Listed> => ({ key: name, label: name, value })
  return [
    text('key', ({ key: name }) => name),
    text('kind', ({ kind }) => kind),
    text('status', ({ status }) => status),
    text('title_en', ({ title }) => title.en),
    text('title_es', ({ title }) => title.es),
    text('title_zh', ({ title }) => title.zh),
    text('title_vi', ({ title }) => title.vi),
    text('original', ({ title }) => title.original),
    text('acronym', ({ acronym }) => acronym),
    text('country', ({ country }) => country),
    text('countries', ({ countries }) => countries.join('; ')),
    text('place', ({ place }) => place?.names.en),
    text('belongs_to', ({ parent }) => parent?.key),
    text('parties', ({ parties }) => parties.map(partyText).join('; ')),
    text('date', ({ date }) => date),
    { key: 'amount', label: 'amount', kind: 'number', value: ({ amount }) => amount },
    text('unit', ({ unit }) => unit),
    text('stage', ({ stage }) => stage),
    text('disputed', ({ disputed }) => (disputed ? 'yes' : 'no')),
    text('umbrella', ({ umbrella }) => (umbrella ? 'yes' : 'no')),
    text('address', ({ entry, key: name }) => `${base}/${plurals[entry]}/${name}`),
  ]
}

function partyText(party: Party): string {
  const name = 'entry' in party ? party.entry.key : 'country' in party ? party.country : (party.text.en ?? Object.values(party.text)[0] ?? '')
  return `${party.role}: ${name}`
}
