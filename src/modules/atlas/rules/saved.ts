import type { Frequency } from '../../../platform/search/saved.ts'

/** The job that looks whether there is something to tell of one search. */
export const tellKind = 'search.tell'
/** The turn of a search that has just been saved. */
export const firstTurn = 1

/** Seconds from one look to the next, where the clock decides. */
export const waits: Record<Frequency, number | undefined> = { 'at-once': undefined, daily: 86_400, weekly: 7 * 86_400, never: undefined }
