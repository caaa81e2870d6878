// What the library names beside countries: unions, regions for tests, the unknown.
const noCountries = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'])
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')

/** Whether a text is the code of a country. Source: ISO 3166-1 alpha-2, as CLDR lists it. */
export const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code) && !noCountries.has(code) && regions.of(code) !== undefined

// Codes that were countries once, or are reserved for parts of one: the record may speak of them, nobody lives there by that name.
const notToday = new Set('AC AN BU CP CQ CS DD DG DY EA FX HV IC NH RH SU TA TP VD YD YU ZR'.split(' '))

/** The codes of today's countries, by code. */
export const countryCodes: readonly string[] = letters
  .flatMap((first) => letters.map((second) => first + second))
  .filter((code) => isCountry(code) && !notToday.has(code))
