import type { Language } from '../../../i18n/languages.ts'
import { characterAt, type Reading } from '../read.ts'
import { gap } from '../scan.ts'
import { isArticle, isLinking } from './labels.ts'

/** Words of a list: tokens from one to before another. */
export type Member = { from: number; to: number }

const joining = new Set(['and', 'or', 'y', 'e', 'o', 'u', 'và', 'hoặc', 'hay', '和', '与', '及', '或'])
const listCommas = new Set([',', '，', '、'])
const mostMembers = 6
const longestMember = 4

const isJoining = (reading: Reading, at: number) => joining.has(reading.words[at]?.kept ?? characterAt(reading, at))

/** Whether nothing but a comma stands before a token. */
const isAfterComma = ({ text, start, end, gap: gaps }: Reading, at: number) =>
  gaps[at] === gap.clause && listCommas.has(text.slice(end[at - 1], start[at]).trim())

/** Of languages that put the chief word last, the words that come after it are its own. */
export const isChiefLast = (language: Language): boolean => language === 'en' || language === 'zh'

/** What stands in a list after words that end at a token: "micoplasma" and "endotoxinas" in "pruebas de esterilidad, micoplasma y endotoxinas". */
export function membersAfter(reading: Reading, to: number, last: number): Member[] {
  const members: Member[] = []
  for (let at = to; members.length < mostMembers;) {
    let from = isJoining(reading, at) ? at + 1 : isAfterComma(reading, at) ? at : last
    while (from < last && (isArticle(reading.words[from]) || isLinking(reading.words[from] ?? ''))) from++
    if (from >= last) break
    let end = from + 1
    while (end < last && end - from < longestMember && (reading.gap[end] ?? gap.sentence) <= gap.dash && !isJoining(reading, end)) end++
    members.push({ from, to: end })
    at = end
  }
  return members
}

/** What stands in a list before words that begin at a token, the nearest first: "combined" and "synthetic" in "synthetic, combined and therapeutic vaccines". */
export function membersBefore(reading: Reading, from: number, first: number): Member[] {
  const members: Member[] = []
  for (let at = from; members.length < mostMembers;) {
    const isAfter = isAfterComma(reading, at)
    const isJoined = at > first && isJoining(reading, at - 1)
    const end = isJoined ? at - 1 : at
    if (end <= first || (!isAfter && !isJoined)) break
    let begin = end - 1
    while (begin > first && end - begin < longestMember && (reading.gap[begin] ?? gap.sentence) <= gap.dash && !isJoining(reading, begin - 1)) begin--
    members.push({ from: begin, to: end })
    at = begin
  }
  return members
}
