import { isDayFormat } from './number-format.ts'
import { walkXml } from './xml.ts'

/** The texts that cells refer to by their place, without the readings that Japanese texts carry. */
export function readTexts(xml: Uint8Array): string[] {
  const texts: string[] = []
  let text = ''
  let [inText, inReading] = [false, false]
  walkXml(xml, {
    open(name, _, isClosed) {
      if (name === 'si') text = ''
      if (name === 'rPh') inReading = !isClosed
      if (name === 't') inText = !isClosed && !inReading
    },
    text(piece) {
      if (inText) text += piece
    },
    close(name) {
      if (name === 't') inText = false
      if (name === 'rPh') inReading = false
      if (name === 'si') texts.push(text)
    },
  })
  return texts
}

/** Which styles of cells show numbers as days, by their place. */
export function readDateStyles(xml: Uint8Array): Set<number> {
  const codes = new Map<number, string>()
  const dates = new Set<number>()
  let inCells = false
  let place = 0
  walkXml(xml, {
    open(name, attributes, isClosed) {
      if (name === 'numFmt') codes.set(Number(attributes()['numFmtId']), attributes()['formatCode'] ?? '')
      if (name === 'cellXfs') inCells = !isClosed
      if (name !== 'xf' || !inCells) return
      const format = Number(attributes()['numFmtId'])
      if (isDayFormat(format, codes.get(format))) dates.add(place)
      place++
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return dates
}
