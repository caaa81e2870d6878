import { z } from 'zod'
import { countryCodes } from '../../../platform/i18n/countries.ts'
import { countryName } from '../../../platform/i18n/format.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { foldKey } from '../../../platform/text/fold.ts'
import { typedLine } from '../../../platform/text/typed.ts'

let names: ReadonlyMap<string, string> | undefined

/** Every name of every country, folded, by code. Made at the first use, since it takes a while. */
function namesOfCountries(): ReadonlyMap<string, string> {
  names ??= new Map([
    ...countryCodes.flatMap((code) => languages.map((language): [string, string] => [foldKey(countryName(code, language)), code])),
    ...countryCodes.map((code): [string, string] => [code.toLowerCase(), code]),
    ['vietnam', 'VN'],
    ['taiwan', 'TW'],
    ['hong kong', 'HK'],
    ['usa', 'US'],
    ['eeuu', 'US'],
    ['ee uu', 'US'],
    ['uk', 'GB'],
  ])
  return names
}

/** The countries that somebody typed, by name in any of the four languages or by code, and what is none. */
export function countriesIn(typed: string): { codes: string[]; unknown: string[] } {
  const [codes, unknown] = [new Set<string>(), new Set<string>()]
  for (const part of typed.split(/[,;，；、\n]/)) {
    const name = foldKey(part)
    if (name === '') continue
    const code = namesOfCountries().get(name)
    if (code === undefined) unknown.add(part.trim().slice(0, 80))
    else codes.add(code)
  }
  return { codes: [...codes], unknown: [...unknown] }
}

const listed = (typed: unknown) => (Array.isArray(typed) && typed.every((each) => typeof each === 'string') ? typed.join(', ') : typed)

/** Countries as people write them: names in any of the four languages, or codes, with commas between; or a list of these. */
export const typedCountries = z
  .preprocess(
    listed,
    typedLine()
      .max(1000)
      .default('')
      .transform((typed, context) => {
        const { codes, unknown } = countriesIn(typed)
        for (const value of unknown) context.addIssue({ code: 'custom', params: { code: 'unknown_country', value } })
        return codes
      }),
  )
  .describe('Names or ISO 3166-1 codes of countries, commas between them')
  .meta({ example: 'CU, Viet Nam, 中国' })
