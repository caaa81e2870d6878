/** Those built in that show days: ECMA-376, 18.8.30, and those of East Asia. */
const builtIn: readonly [number, number][] = [
  [14, 17],
  [22, 22],
  [27, 31],
  [36, 36],
  [50, 58],
]

/** Whether a number format shows a day. @param code of one that a workbook brings along */
export function isDayFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtIn.some(([from, to]) => id >= from && id <= to)
  // What stands in quotes, behind a backslash or in brackets is shown as it is.
  const plain = code.slice(0, 255).replaceAll(/"[^"]*"|\\.|\[[^[\]]*\]/g, '')
  return /[dy]/i.test(plain) && !/general/i.test(plain)
}

const day = 86_400_000

/** The day of a serial number; a time of the day is left out. @returns `undefined` for what is no day that spreadsheet programs agree upon */
export function dayOfSerial(serial: number, since1904: boolean): string | undefined {
  const counted = Math.floor(since1904 ? serial + 1462 : serial)
  // Before March 1900 programs disagree; 2,958,465 is the last day of 9999.
  return counted >= 61 && counted <= 2_958_465 ? new Date(Date.UTC(1899, 11, 30) + counted * day).toISOString().slice(0, 10) : undefined
}
