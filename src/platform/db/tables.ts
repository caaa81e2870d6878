/**
 * The tables as Kysely sees them, by qualified name. Each `store` adds its own beside its SQL:
 *
 * @example
 * declare module '../../platform/db/tables.ts' {
 *   interface Tables { 'record.source': SourceTable }
 * }
 */
// eslint-disable-next-line typescript/no-empty-object-type
export interface Tables {
  'app.migration': { name: string; checksum: string; applied_at: Date }
  'app.space': { id: string; name: string }
}
