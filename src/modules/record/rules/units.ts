const currencies = new Set(Intl.supportedValuesOf('currency'))
const pattern = /^(?:(million|billion|thousand) )?([A-Z]{3})( per year)?$/

export type CurrencyUnit = { scale: 'million' | 'billion' | 'thousand' | undefined; currency: string; perYear: boolean }

/**
 * Reads the unit of an amount of money, such as `million USD` or `billion VND per year`.
 *
 * @returns `undefined` when it is no amount of money, `false` when it looks like one in a currency that ISO 4217 does not have
 */
export function isCurrencyUnit(unit: string): CurrencyUnit | false | undefined {
  const found = pattern.exec(unit)
  if (!found) return undefined
  const [, scale, currency = '', perYear] = found
  return currencies.has(currency) && { scale: scale as CurrencyUnit['scale'], currency, perYear: perYear !== undefined }
}
