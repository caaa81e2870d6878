import type { Language } from '../i18n/languages.ts'

/**
 * What a key may reach, handed in by the module whose field it is: `record:read`, `desk:write`. A scope to write is one to read the same field too.
 * `label` says it to whoever makes a key.
 */
export type KeyScope = { name: ScopeName; label: Record<Language, string> }
export type ScopeName = `${string}:${'read' | 'write'}`

/** Whether scopes hold one. */
export const holdsScope = (held: readonly string[], wanted: ScopeName): boolean => held.includes(wanted) || held.includes(wanted.replace(/:read$/, ':write'))
