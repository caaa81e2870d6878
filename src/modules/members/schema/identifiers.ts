import { withoutEnd } from '../../../platform/text/trim.ts'

/** The registries whose identifiers an organization may have on record, as fields of statements. */
export const identifierFields = ['ror', 'gln', 'lei'] as const
export type IdentifierField = (typeof identifierFields)[number]

export const isIdentifierField = (field: string): field is IdentifierField => identifierFields.some((each) => each === field)

/**
 * An identifier as it is kept, from whatever somebody pastes: the address of its page, spaces, capitals, letters in full width.
 *
 * @returns `undefined` when it is none, or its check digits do not fit
 * @example identifier('ror', 'https://ror.org/03YRM5C26') // '03yrm5c26'
 */
export function identifier(field: IdentifierField, written: string): string | undefined {
  const together = written
    .normalize('NFKC')
    .replace(/^\s*(https?:\/\/)?(www\.)?/i, '')
    .replaceAll(/[\s\u200b\ufeff]/g, '')
  const bare = withoutEnd(together, '/?#')
  switch (field) {
    case 'ror':
      return rorId(bare.toLowerCase().replace(/^(ror\.org\/|ror:)/, ''))
    case 'gln':
      return gln(bare.replace(/^(id\.gs1\.org\/41[0-7]\/|\(41[0-7]\)|gln:?)/i, '').replaceAll(/[-–.]/g, ''))
    case 'lei':
      return lei(
        bare
          .toUpperCase()
          .replace(/^(SEARCH\.GLEIF\.ORG\/#\/RECORD\/|LEI:?)/, '')
          .replaceAll('-', ''),
      )
  }
}

/** The whole identifier as others cite it: of an organization's ROR ID the address is the form that ROR asks for. */
export const identifierAddress = (field: string, value: string): string | undefined => (field === 'ror' ? `https://ror.org/${value}` : undefined)

const crockford = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * A ROR ID: `0`, six digits to the base 32 and two check digits, `98 − (n · 100 mod 97)` of the number n that the six make (ISO/IEC 7064, MOD 97-10).
 * Letters that Crockford's alphabet leaves out are read as the digits they look like. Source: ROR, "ROR identifier pattern", and Crockford, "Base 32".
 */
function rorId(text: string): string | undefined {
  const id = text.replaceAll('o', '0').replaceAll(/[il]/g, '1')
  if (!/^0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}$/.test(id)) return undefined
  const number = Array.from(id.slice(1, 7)).reduce((sum, digit) => sum * 32 + crockford.indexOf(digit), 0)
  return Number(id.slice(7)) === 98 - ((number * 100) % 97) ? id : undefined
}

/**
 * A Global Location Number: thirteen digits, the last of which makes the sum of all, weighted 1 and 3 by turns, a multiple of ten.
 * Source: GS1 General Specifications, 7.9.1, "Standard check digit calculations".
 */
function gln(digits: string): string | undefined {
  if (!/^[0-9]{13}$/.test(digits) || /^0+$/.test(digits)) return undefined
  const sum = Array.from(digits).reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0)
  return sum % 10 === 0 ? digits : undefined
}

/**
 * A Legal Entity Identifier: eighteen letters and digits and two check digits from 02 to 98; with each letter as a number from 10 to 35, the whole leaves 1
 * when divided by 97. Source: ISO 17442-1:2020, annex A, by ISO/IEC 7064, MOD 97-10.
 */
function lei(text: string): string | undefined {
  if (!/^[0-9A-Z]{18}(0[2-9]|[1-8][0-9]|9[0-8])$/.test(text)) return undefined
  return remainder97(text) === 1 ? text : undefined
}

const remainder97 = (text: string) =>
  Array.from(text).reduce((rest, character) => {
    const value = Number.parseInt(character, 36)
    return (rest * (value > 9 ? 100 : 10) + value) % 97
  }, 0)
