import type { Issue } from '../../../platform/errors.ts'
import { acceptedEndings, attachmentTypes, largestAttachment, mostAttachments } from '../schema/attachments.ts'

/** A file that somebody sends. `mediaType`: as its content says. */
export type Sent = { name: string; bytes: number; mediaType: string }

const megabyte = 1_000_000

/** The ending of a name, in lower case; the empty string where there is none. */
export const endingOf = (name: string): string => /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''

/** All that is wrong with files that are to be attached. @param there how many the listing carries already */
export function issuesOfFiles(files: readonly Sent[], there: number): Issue[] {
  if (files.length === 0) return [{ path: 'files', code: 'required' }]
  const given = there + files.length
  const issues: Issue[] = given > mostAttachments ? [{ path: 'files', code: 'too_many_files', params: { given, n: mostAttachments } }] : []
  for (const file of files) issues.push(...issuesOfFile(file))
  return issues
}

function issuesOfFile({ name, bytes, mediaType }: Sent): Issue[] {
  const issue = (code: Issue['code'], params: Record<string, string> = {}): Issue[] => [{ path: 'files', code, params: { name, ...params } }]
  if (bytes === 0) return issue('file_empty')
  if (bytes > largestAttachment) return issue('file_over_limit', { limit: `${largestAttachment / megabyte} MB` })
  const endings = attachmentTypes.get(mediaType)
  if (endings === undefined) return issue('file_type_unfit', { type: mediaType, accepted: acceptedEndings.join(', ') })
  return endings.includes(endingOf(name)) ? [] : issue('file_type_lies', { type: endings.join(', ') })
}
