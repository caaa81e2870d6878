import type { Stage } from '../modules/exchange/index.ts'

const trl = /\btrl\W{0,3}([1-9])\b/i
const phases = [/(?:phase|fase|pha|giai đoạn) ?(iii|ii|i|[123])(?![\p{L}\d])/iu, /([ⅠⅡⅢ123]|III|II|I) ?期/u]
const words: readonly [RegExp, Stage][] = [
  [/preclin|pre-clin|临床前|tiền lâm sàng/i, 'preclinical'],
  [/\bmarketed|on the market|commerciali[sz]ed|comercializad|en el mercado|上市|已销售|trên thị trường|thương mại hóa/i, 'marketed'],
  [/\bauthori[sz]ed|registered|approved|registrad|aprobad|autorizad|获批|批准|注册|đã đăng ký|được cấp phép|phê duyệt/i, 'authorized'],
]

const phaseNumbers: Record<string, 1 | 2 | 3> = { '1': 1, i: 1, ⅰ: 1, '2': 2, ii: 2, ⅱ: 2, '3': 3, iii: 3, ⅲ: 3 }

/** The stage that words of any kind name, as far as they do. */
export function stageNamed(text: string): Stage | undefined {
  const level = trl.exec(text)?.[1]
  if (level !== undefined) return `trl-${level as '1'}`
  const number = phases.map((pattern) => phaseNumbers[pattern.exec(text)?.[1]?.toLowerCase() ?? '']).find((each) => each !== undefined)
  if (number !== undefined) return `phase-${number}`
  return words.find(([pattern]) => pattern.test(text))?.[1]
}
