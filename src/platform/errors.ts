/**
 * Every way in which Puente says no: its HTTP status and the exit code of the command line.
 * The sentence for each code stands in the four files of `i18n/text`, under `refusal.<code>`; a code without one does not compile.
 */
export const refusals = {
  bad_cursor: { status: 400, exit: 2 },
  bad_request: { status: 400, exit: 2 },
  key_needed: { status: 401, exit: 2 },
  key_unknown: { status: 401, exit: 2 },
  key_expired: { status: 401, exit: 2 },
  key_revoked: { status: 401, exit: 2 },
  key_rests: { status: 401, exit: 2 },
  key_scope: { status: 403, exit: 2 },
  key_limit: { status: 409, exit: 2 },
  saved_search_limit: { status: 409, exit: 2 },
  key_none: { status: 404, exit: 3 },
  idempotency_unfit: { status: 400, exit: 2 },
  idempotency_in_flight: { status: 409, exit: 2 },
  idempotency_lost: { status: 409, exit: 2 },
  idempotency_reused: { status: 422, exit: 3 },
  csrf_refused: { status: 403, exit: 2 },
  forbidden: { status: 403, exit: 2 },
  not_found: { status: 404, exit: 2 },
  method_not_allowed: { status: 405, exit: 2 },
  conflict_stale: { status: 409, exit: 2 },
  body_too_large: { status: 413, exit: 2 },
  address_too_long: { status: 414, exit: 2 },
  unsupported_media_type: { status: 415, exit: 2 },
  file_type_refused: { status: 415, exit: 2 },
  link_ended: { status: 410, exit: 2 },
  link_of_another: { status: 403, exit: 2 },
  decided_already: { status: 409, exit: 2 },
  hidden_from_you: { status: 409, exit: 2 },
  last_admin: { status: 409, exit: 2 },
  claim_standing: { status: 409, exit: 2 },
  entry_taken: { status: 409, exit: 2 },
  standing_unfit: { status: 409, exit: 2 },
  network_taken: { status: 409, exit: 3 },
  network_unknown: { status: 404, exit: 3 },
  openid_unavailable: { status: 503, exit: 4 },
  openid_refused: { status: 403, exit: 2 },
  openid_failed: { status: 400, exit: 2 },
  identity_taken: { status: 409, exit: 2 },
  sign_in_ended: { status: 410, exit: 2 },
  last_way_in: { status: 409, exit: 2 },
  person_unknown: { status: 404, exit: 3 },
  mail_over: { status: 409, exit: 2 },
  invalid_input: { status: 422, exit: 3 },
  import_invalid: { status: 422, exit: 3 },
  folder_taken: { status: 409, exit: 2 },
  merge_unknown: { status: 404, exit: 3 },
  merge_itself: { status: 409, exit: 3 },
  merge_standing: { status: 409, exit: 3 },
  merge_holds: { status: 409, exit: 3 },
  merge_none: { status: 409, exit: 3 },
  download_too_large: { status: 422, exit: 3 },
  too_many_requests: { status: 429, exit: 4 },
  internal: { status: 500, exit: 1 },
  unavailable: { status: 503, exit: 4 },
  storage_full: { status: 507, exit: 4 },
  usage: { status: 400, exit: 2 },
  config_invalid: { status: 500, exit: 2 },
  port_unusable: { status: 503, exit: 4 },
  data_locked: { status: 503, exit: 4 },
  demo_folder: { status: 503, exit: 4 },
  demo_data: { status: 503, exit: 4 },
  data_unusable: { status: 503, exit: 4 },
  database_unusable: { status: 503, exit: 4 },
  log_broken: { status: 500, exit: 5 },
  check_failed: { status: 500, exit: 5 },
  log_key_exposed: { status: 500, exit: 2 },
  log_key_unusable: { status: 503, exit: 4 },
  seal_key_exposed: { status: 500, exit: 2 },
  seal_key_unusable: { status: 503, exit: 4 },
  sealed_unreadable: { status: 503, exit: 4 },
  checkpoint_unwritten: { status: 503, exit: 4 },
  checkpoint_unreadable: { status: 422, exit: 3 },
  checkpoint_malformed: { status: 422, exit: 3 },
  checkpoint_altered: { status: 422, exit: 3 },
  checkpoint_key_other: { status: 500, exit: 5 },
  backup_exists: { status: 409, exit: 2 },
  backup_unknown: { status: 422, exit: 3 },
  backup_damaged: { status: 422, exit: 3 },
  backup_newer: { status: 422, exit: 3 },
  backup_unfit: { status: 422, exit: 3 },
  backup_nothing: { status: 503, exit: 4 },
  backup_unreadable: { status: 503, exit: 4 },
  backup_unwritable: { status: 503, exit: 4 },
  backup_encrypted: { status: 422, exit: 2 },
  backup_not_encrypted: { status: 422, exit: 2 },
  backup_key_wrong: { status: 422, exit: 3 },
  backup_key_exposed: { status: 500, exit: 2 },
  backup_key_unusable: { status: 503, exit: 4 },
  backup_key_exists: { status: 409, exit: 2 },
  restore_not_empty: { status: 409, exit: 4 },
  backup_incomplete: { status: 500, exit: 5 },
} as const satisfies Record<string, { status: number; exit: number }>

export type RefusalCode = keyof typeof refusals

/** One thing that is wrong with an input: where, and which sentence says so (`issue.<code>` in `i18n/text`). */
export type Issue = { path: string; code: IssueCode; params?: Record<string, string | number> }

export type IssueCode =
  | 'required'
  | 'too_short'
  | 'too_long'
  | 'not_a_number'
  | 'out_of_range'
  | 'too_low'
  | 'not_above'
  | 'too_high'
  | 'not_below'
  | 'day_too_early'
  | 'day_too_late'
  | 'not_one_of'
  | 'not_an_address'
  | 'not_a_date'
  | 'wrong_form'
  | 'unknown_field'
  | 'unknown_reference'
  | 'repeated'
  | 'there_already'
  | 'circular'
  | 'not_together'
  | 'wrong_columns'
  | 'wrong_cells'
  | 'not_utf8'
  | 'file_missing'
  | 'file_too_large'
  | 'unknown_country'
  | 'unknown_currency'
  | 'shares_over_100'
  | 'easily_guessed'
  | 'frequently_used'
  | 'wrong_password'
  | 'wrong_code'
  | 'wrong_check_digits'
  | 'identifier_taken'
  | 'row_stale'
  | 'hidden_character'
  | 'piled_marks'
  | 'mixed_scripts'
  | 'lookalike_name'
  | 'picture_too_large'
  | 'also_wanted'
  | 'own_organization'
  | 'hidden_needs_network'
  | 'file_type_unfit'
  | 'file_type_lies'
  | 'file_over_limit'
  | 'file_empty'
  | 'too_many_files'
  | 'workbook_unreadable'
  | 'workbook_encrypted'
  | 'workbook_unfolds'
  | 'too_many_rows'
  | 'no_rows'
  | 'unknown_column'
  | 'missing_columns'
  | 'column_twice'
  | 'formula'
  | 'cell_error'
  | 'several_concepts'

/** A refusal that the caller is told about; everything else that is thrown is a fault of ours. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly params: Record<string, string | number>
  readonly issues: readonly Issue[]

  constructor(code: RefusalCode, params: Record<string, string | number> = {}, issues: readonly Issue[] = []) {
    super(`${code}${params['reason'] ? `: ${params['reason']}` : ''}`)
    this.name = 'Refusal'
    this.code = code
    this.params = params
    this.issues = issues
  }

  get status() {
    return refusals[this.code].status
  }

  get exit() {
    return refusals[this.code].exit
  }
}

/**
 * Makes a refusal to throw.
 *
 * @param params values for the placeholders of the code's sentence
 * @param issues what is wrong with each field, all of them
 * @example throw refuse('not_found')
 */
export const refuse = (code: RefusalCode, params?: Record<string, string | number>, issues?: readonly Issue[]): Refusal => new Refusal(code, params, issues)
