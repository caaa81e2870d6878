export type WorkbookFault = 'workbook_unreadable' | 'workbook_encrypted' | 'workbook_unfolds' | 'too_many_rows'

/** Why a file is not read as a workbook; the code is that of an issue. */
export class WorkbookError extends Error {
  readonly code: WorkbookFault
  readonly params: Record<string, string | number>

  constructor(code: WorkbookFault, params: Record<string, string | number> = {}, cause?: unknown) {
    super(code, { cause })
    this.name = 'WorkbookError'
    this.code = code
    this.params = params
  }
}
