/** Builds if a source is newer than the last build. @returns whether it built */
export function buildIfStale(): Promise<boolean>
/** Bundles the program and its assets into dist/. */
export function build(): Promise<void>
