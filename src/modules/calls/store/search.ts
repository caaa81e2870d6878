import type { WriteScope } from '../../../platform/db/database.ts'
import { indexDocuments } from '../../../platform/search/search.ts'
import type { Call } from './calls.ts'

/** The kind of calls in the search. */
const callKind = 'call'

/** Puts a call into the search as it is opened; once it is closed, the database takes it out. */
export async function indexCall(db: WriteScope, call: Call): Promise<void> {
  const { id, space, isPublic, number, title, body, original, organization, networkName, place, countries, lines } = call
  const by = organization?.name ?? networkName
  await indexDocuments(db, [
    {
      objectId: id,
      spaceId: space,
      kind: callKind,
      path: `/calls/${id}`,
      title: { ...title, original },
      detail: by,
      names: Object.values(title),
      aliases: number === null ? [] : [number],
      words: [...[body, by, ...lines.map(({ item }) => item)].flatMap((text) => Object.values(text)), ...(place === null ? [] : [place])],
      spelled: isPublic,
      about: [...new Set(lines.flatMap(({ concepts }) => concepts))],
      facets: [...countries.map((country) => `country:${country}`), ...Object.keys(title).map((language) => `language:${language}`)],
    },
  ])
}
