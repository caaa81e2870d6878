/** Whether everything is asked, as before a release: `npm run check:all`. Otherwise each run asks a share that is another every day, so that a fortnight has seen all of it. */
export const everything = process.env['PUENTE_TESTS'] === 'all'

const day = Math.floor(Date.now() / 86_400_000)

/**
 * The part of a list whose turn it is today.
 *
 * @param wanted how many
 * @param turn tells lists apart that should not all begin at the same place
 */
export function todays<T>(list: readonly T[], wanted: number, turn = 0): T[] {
  if (everything || wanted >= list.length) return [...list]
  return Array.from({ length: wanted }, (_, at) => list[(day + turn + at) % list.length] as T)
}
