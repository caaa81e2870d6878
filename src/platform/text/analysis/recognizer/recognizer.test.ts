import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { languages, type Language } from '../../../i18n/languages.ts'
import { foldKey } from '../../fold.ts'
import { analyse } from '../analyse.ts'
import { stretches } from '../language.ts'
import { read } from '../read.ts'
import type { Label } from './labels.ts'
import { buildRecognizer } from './recognizer.ts'

// concept: English · Spanish · Chinese · Vietnamese; labels of one language parted by |, hidden ones with ~ before.
const vocabulary = `
monoclonal-antibody: monoclonal antibody | mAb · anticuerpo monoclonal | AcM · 单克隆抗体 | 单抗 · kháng thể đơn dòng
antibody: antibody · anticuerpo · 抗体 · kháng thể
anti-cd20: anti-CD20 antibody | anti-CD20 · anti-CD20 · 抗CD20抗体 · kháng thể anti-CD20
rabies: rabies · rabia · 狂犬病 · bệnh dại | dại
rabies-vaccine: rabies vaccine · vacuna antirrábica | vacuna contra la rabia · 狂犬病疫苗 · vắc xin dại | vắc-xin phòng dại
vaccine: vaccine · vacuna · 疫苗 · vắc-xin
vaccination: vaccination · vacunación · 疫苗接种 · tiêm chủng
aids: AIDS | acquired immunodeficiency syndrome · sida · 艾滋病 · bệnh AIDS
macrophage-activation: macrophage activation syndrome | MAS · síndrome de activación macrofágica · 巨噬细胞活化综合征 · hội chứng hoạt hóa đại thực bào
polymerase-chain-reaction: polymerase chain reaction | PCR · reacción en cadena de la polimerasa | PCR · 聚合酶链式反应 | PCR · phản ứng chuỗi polymerase | PCR
c-reactive-protein: C-reactive protein · proteína C reactiva | PCR · C反应蛋白 · protein phản ứng C
pd-1-inhibitor: PD-1 inhibitor · inhibidor de PD-1 · PD-1抑制剂 · thuốc ức chế PD-1
bacillus-thuringiensis: Bacillus thuringiensis · Bacillus thuringiensis · 苏云金杆菌 · Bacillus thuringiensis
escherichia-coli: Escherichia coli · Escherichia coli · 大肠杆菌 · vi khuẩn E. coli
entamoeba-coli: Entamoeba coli · Entamoeba coli · 结肠内阿米巴 · Entamoeba coli
fermentation: fermentation · ~fermentado · 发酵 · lên men
immunology: immunology · ~estudio inmunitario · 免疫学 · miễn dịch học
bioreactor: bioreactor · biorreactor · 生物反应器 · thiết bị phản ứng sinh học
lung-cancer: lung cancer · cáncer de pulmón · 肺癌 · ung thư phổi
cancer: cancer · cáncer · 癌症 | 癌 · ung thư
cashew: cashew · anacardo · 腰果 · điều
eggplant: eggplant · berenjena · 茄子 · cà
year: year · año · 年份 · năm
net: net · red · 网 · lưới
synthetic-vaccine: synthetic vaccine · vacuna sintética · 合成疫苗 · vắc xin tổng hợp
conjugate-vaccine: conjugate vaccine · vacuna conjugada · 结合疫苗 · vắc xin cộng hợp
breast-cancer: breast cancer · cáncer de mama · 乳腺癌 · ung thư vú
regulator: CECMED · CECMED · CECMED · CECMED
alternating-current: tACS · tACS · tACS · tACS
pharmacist: pharmacist · farmacéutico · 药师 · dược sĩ
`

const labels: Label[] = vocabulary
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [concept = '', texts = ''] = line.split(': ')
    return texts.split(' · ').flatMap((cell, at) =>
      cell.split(' | ').map((text, place): Label => ({
        concept,
        language: languages[at] as Language,
        text: text.replace('~', ''),
        kind: text.startsWith('~') ? 'hidden' : place === 0 ? 'preferred' : 'alternative',
      })),
    )
  })
const recognizer = buildRecognizer(labels)

const found = (text: string) =>
  recognizer
    .recognise(text)
    .filter(({ inner }) => !inner)
    .map(({ start, end, concept, how }) => `${text.slice(start, end)}: ${concept}, ${how}`)
const concepts = (text: string) => recognizer.recognise(text).map(({ concept }) => concept)

describe('labels are recognized', () => {
  test.each([
    ['The monoclonal antibody works.', ['monoclonal antibody: monoclonal-antibody, exact']],
    ['MONOCLONAL ANTIBODIES AND RABIES VACCINES', ['MONOCLONAL ANTIBODIES: monoclonal-antibody, stemmed', 'RABIES VACCINES: rabies-vaccine, stemmed']],
    [
      'Producimos anticuerpos monoclonales y vacunas antirrábicas',
      ['anticuerpos monoclonales: monoclonal-antibody, stemmed', 'vacunas antirrábicas: rabies-vaccine, stemmed'],
    ],
    ['狂犬病疫苗與單克隆抗體', ['狂犬病疫苗: rabies-vaccine, exact', '單克隆抗體: monoclonal-antibody, exact']],
    ['我们生产单克隆抗体和狂犬病疫苗。', ['单克隆抗体: monoclonal-antibody, exact', '狂犬病疫苗: rabies-vaccine, exact']],
    ['Sản xuất Kháng thể đơn dòng và vắc-xin dại', ['Kháng thể đơn dòng: monoclonal-antibody, exact', 'vắc-xin dại: rabies-vaccine, exact']],
  ])('as they stand and bent: %s', (text, hits) => {
    expect(found(text)).toEqual(hits)
  })

  test.each([
    ['vacuna antirrabica', ['vacuna antirrabica: rabies-vaccine, folded']],
    ['cancer de pulmon', ['cancer de pulmon: lung-cancer, folded']],
    ['khang the don dong dieu tri ung thu phoi', ['khang the don dong: monoclonal-antibody, folded', 'ung thu phoi: lung-cancer, folded']],
    ['Điều trị ung thư phoi', ['ung thư: cancer, exact']],
    ['cà, cá, ca', ['cà: eggplant, exact']],
  ])('without accents, and Vietnamese only where nobody set any: %s', (text, hits) => {
    expect(found(text)).toEqual(hits)
  })

  test('without accents with less certainty', () => {
    const certainty = (text: string) => recognizer.recognise(text)[0]?.certainty ?? 0
    expect(certainty('cancer de pulmon')).toBeLessThan(certainty('cáncer de pulmón'))
    expect(certainty('khang the don dong')).toBeLessThan(certainty('kháng thể đơn dòng'))
    expect(certainty('khang the don dong')).toBeGreaterThan(0.5)
  })

  test.each(['anti-CD20', 'anti CD20', 'ANTI-CD20', 'anti–CD-20', 'antiCD20'])('with hyphens and spaces as they come: %s', (text) => {
    expect(concepts(`we have ${text} here`)).toEqual(['anti-cd20'])
  })

  test('where a hyphen was added or left out', () => {
    expect(concepts('a bio-reactor')).toEqual(['bioreactor'])
    expect(concepts('sản xuất vắcxin')).toEqual(['vaccine'])
  })

  test.each(labels.map(({ text, concept, language }) => [text, language, concept] as const))('alone, as in a query: %s (%s)', (text, _, concept) => {
    const hits = recognizer.recognise(text)
    expect(hits.flatMap((hit) => [hit.concept, ...hit.others])).toContain(concept)
  })

  test('with a point or a dash between, as names have them', () => {
    const names = ['Xanthomonas oryzae pv. oryzae', 'hàng rào máu – não', 'cooperación en I+D'].map((text): Label => ({
      concept: text,
      language: 'vi',
      text,
      kind: 'preferred',
    }))
    const some = buildRecognizer(names)
    for (const { text } of names) expect(some.recognise(`có ${text} và các`).map(({ concept }) => concept)).toEqual([text])
  })

  test('in a passage of another language, since people mix', () => {
    expect(found('Ofrecemos monoclonal antibodies para el tratamiento')).toEqual(['monoclonal antibodies: monoclonal-antibody, stemmed'])
    expect(found('PD-1 inhibitor 的临床试验')).toEqual(['PD-1 inhibitor: pd-1-inhibitor, exact'])
    expect(found('Bán thiết bị bioreactor cho nhà máy')).toEqual(['bioreactor: bioreactor, exact'])
    // "Red" is a net in Spanish only.
    expect(found('The red cells of the patients')).toEqual([])
  })

  test('turned around a word that links', () => {
    expect(found('We need a vaccine against rabies.')).toEqual(['vaccine against rabies: rabies-vaccine, stemmed'])
    expect(found('vacunas para la rabia')).toEqual(['vacunas para la rabia: rabies-vaccine, stemmed'])
    // What goes on is another thing.
    expect(found('a vaccine for rabies researchers')).toEqual(['vaccine: vaccine, exact', 'rabies: rabies, exact'])
  })

  test.each([
    ['We make synthetic, conjugate and rabies vaccines.', ['synthetic: synthetic-vaccine', 'conjugate: conjugate-vaccine', 'rabies vaccines: rabies-vaccine']],
    [
      'Hay vacunas conjugadas, sintéticas y antirrábicas en el país.',
      ['vacunas conjugadas: conjugate-vaccine', 'sintéticas: synthetic-vaccine', 'antirrábicas: rabies-vaccine'],
    ],
    ['cáncer de pulmón y de mama en los pacientes', ['cáncer de pulmón: lung-cancer', 'mama: breast-cancer']],
    ['Điều trị ung thư phổi và vú.', ['ung thư phổi: lung-cancer', 'vú: breast-cancer']],
    ['生产合成、结合疫苗。', ['合成: synthetic-vaccine', '结合疫苗: conjugate-vaccine']],
    // What stands between them is no name, so the list is none.
    ['synthetic rubber and conjugate vaccines', ['conjugate vaccines: conjugate-vaccine']],
    ['vacunas conjugadas. Sintéticas', ['vacunas conjugadas: conjugate-vaccine']],
    ['vacunas conjugadas y máquinas sintéticas', ['vacunas conjugadas: conjugate-vaccine']],
  ])('that share a word in a list: %s', (text, hits) => {
    expect(found(text).map((hit) => hit.split(',')[0])).toEqual(hits)
  })

  test('as cognates in the other language, with little certainty', () => {
    expect(found('la fermentación de la caña')).toEqual(['fermentación: fermentation, cognate'])
    expect(found('servicio de inmunología')).toEqual(['inmunología: immunology, cognate'])
    expect(recognizer.recognise('la fermentación de la caña')[0]?.certainty).toBeLessThan(0.7)
  })

  test('which are Latin names, the genus cut to its letter too', () => {
    expect(found('B. thuringiensis, B thuringiensis and Bacillus thuringiensis')).toEqual([
      'B. thuringiensis: bacillus-thuringiensis, exact',
      'B thuringiensis: bacillus-thuringiensis, exact',
      'Bacillus thuringiensis: bacillus-thuringiensis, exact',
    ])
    expect(recognizer.recognise('expressed in E. coli.')).toMatchObject([{ concept: 'entamoeba-coli', others: ['escherichia-coli'] }])
    expect(concepts('plan b thuringiensis')).toEqual([])
  })
})

describe('labels are told from other words', () => {
  test('when they are abbreviations and the word is in small letters', () => {
    expect(found('She aids patients with AIDS.')).toEqual(['AIDS: aids, exact'])
    expect(found('mas vacunas, más y Mas')).toEqual(['vacunas: vaccine, stemmed'])
    expect(found('a patient with MAS')).toEqual(['MAS: macrophage-activation, exact'])
    expect(found('MAS VACUNAS PARA LOS PACIENTES DEL PAIS')).toEqual(['VACUNAS: vaccine, stemmed'])
    expect(found('a pcr test')).toEqual(['pcr: polymerase-chain-reaction, exact'])
  })

  test('when they are abbreviations of both kinds of letters, or names with one capital', () => {
    expect(found('đối tác và tác dụng, tACS')).toEqual(['tACS: alternating-current, exact'])
    expect(found('El Cecmed otorgó el registro')).toEqual(['Cecmed: regulator, exact'])
    expect(found('el cecmed de los pacientes del país')).toEqual([])
  })

  test('when a Spanish adjective is the name of a trade', () => {
    const shown = (text: string) =>
      recognizer
        .recognise(text)
        .filter(({ certainty }) => certainty >= 0.5)
        .map(({ concept }) => concept)
    expect(shown('los farmacéuticos del país')).toEqual(['pharmacist'])
    expect(shown('los servicios farmacéuticos del país')).toEqual([])
  })

  test('which are of the same stem only', () => {
    expect(found('vaccination of the vaccinated with vaccines')).toEqual(['vaccination: vaccination, exact', 'vaccines: vaccine, stemmed'])
  })

  test('of which they are a part only', () => {
    expect(concepts('CD201 and PD-1L')).toEqual([])
    expect(concepts('bệnh nhân được điều trị')).toEqual([])
    expect(concepts('xuất khẩu hạt điều')).toEqual(['cashew'])
  })

  test('across the end of a sentence or a comma', () => {
    expect(concepts('lung, cancer')).toEqual(['cancer'])
    expect(concepts('bought a lung. Cancer came')).toEqual(['cancer'])
  })
})

describe('hits', () => {
  test('name what lies within as inner', () => {
    const text = 'anticuerpos monoclonales anti-CD20'
    const hits = recognizer.recognise('狂犬病疫苗').map(({ concept, inner }) => [concept, inner])
    expect(hits).toEqual([
      ['rabies-vaccine', false],
      ['rabies', true],
      ['vaccine', true],
    ])
    expect(recognizer.recognise(text).map(({ concept, inner, start }) => [concept, inner, start])).toEqual([
      ['monoclonal-antibody', false, 0],
      ['antibody', true, 0],
      ['anti-cd20', false, 25],
    ])
  })

  test('name the other concepts that the same words may mean', () => {
    const [hit] = recognizer.recognise('La PCR fue positiva')
    expect(new Set([hit?.concept, ...(hit?.others ?? [])])).toEqual(new Set(['c-reactive-protein', 'polymerase-chain-reaction']))
    expect(hit?.certainty).toBeLessThan(0.9)
  })

  test('are what the text itself calls them: an abbreviation in brackets, from there on', () => {
    expect(found('A synthetic vaccine (SV) for rabies. The SV is new; SVs keep.')).toEqual([
      'synthetic vaccine: synthetic-vaccine, exact',
      'rabies: rabies, exact',
      'SV: synthetic-vaccine, exact',
      'SVs: synthetic-vaccine, exact',
    ])
    expect(found('La proteína C reactiva (PCR) subió; la PCR era alta.').at(-1)).toBe('PCR: c-reactive-protein, exact')
    expect(found('单克隆抗体（MCA）生产，MCA纯化').at(-1)).toBe('MCA: monoclonal-antibody, exact')
  })

  test('are not what stands in brackets and is no abbreviation of them', () => {
    expect(found('monoclonal antibody (CIM) from CIM')).toEqual(['monoclonal antibody: monoclonal-antibody, exact'])
    expect(found('疫苗(CIM)，CIM')).toEqual(['疫苗: vaccine, exact'])
    expect(found('SV before, a synthetic vaccine (SV1), SV after')).toEqual(['synthetic vaccine: synthetic-vaccine, exact'])
  })

  test('point to the words as they were given, with marks that nobody sees', () => {
    const text = '\u202e“mono\u00adclonal\u200b  anti\u200bbodies”'
    const [hit] = recognizer.recognise(text)
    expect(hit?.concept).toBe('monoclonal-antibody')
    expect(text.slice(hit?.start, hit?.end)).toBe('mono\u00adclonal\u200b  anti\u200bbodies')
  })

  test('make the words of Chinese and Vietnamese that the index has', () => {
    const compounds = (text: string) => analyse(text, { recognizer }).terms.filter(({ kind }) => kind === 'compound')
    expect(compounds('生产单克隆抗体').map(({ text }) => text)).toEqual(['单克隆抗体', '抗体'])
    expect(compounds('Kháng thể  đơn dòng').map(({ text }) => text)).toContain('kháng thể  đơn dòng'.replace('  ', ' '))
    expect(compounds('monoclonal antibodies')).toEqual([])
  })

  const texts = fc
    .array(
      fc.oneof(
        fc.constantFrom(...labels.map(({ text }) => text)),
        fc.string({ unit: 'binary', maxLength: 5 }),
        fc.constantFrom(' ', ', ', '. ', '-', '\ud800', ' de la ', 's '),
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join(''))

  test('lie in the text, in order, the outer ones apart, and have a label there', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let last = 0
        for (const { concept, start, end, how, certainty, inner } of recognizer.recognise(text)) {
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(certainty).toBeGreaterThan(0)
          expect(certainty).toBeLessThanOrEqual(1)
          if (!inner) {
            expect(start).toBeGreaterThanOrEqual(last)
            last = end
          }
          const key = (of: string) => foldKey(of).replaceAll(' ', '')
          if (how === 'folded')
            expect(labels.filter((label) => label.concept === concept).map((label) => key(label.text))).toContain(key(text.slice(start, end)))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('are the same whatever stands around them in other sentences', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const sentence = 'Necesitamos anticuerpos monoclonales para los pacientes.'
        const hits = recognizer.recognise(`${text}\n\n${sentence}`).filter(({ start }) => start >= text.length + 2)
        expect(hits.map(({ concept }) => concept)).toEqual(['monoclonal-antibody', 'antibody'])
      }),
    )
  })
})

describe('the work', () => {
  const stepsOf = (text: string) => {
    const reading = read(text)
    return recognizer.recogniseIn(reading, stretches(reading)).steps
  }

  test.each([
    'monoclonal ',
    'vaccine against the ',
    'anti-CD20-',
    '单克隆',
    '抗',
    'kháng thể đơn ',
    'rabies vaccine of the rabies ',
    'E. coli ',
    'a',
    '\u202e9',
  ])('grows as the text does, also where all begins like a label: %s', (part) => {
    const once = stepsOf(part.repeat(1000))
    expect(stepsOf(part.repeat(4000))).toBeLessThan(once * 4.2)
    expect(once).toBeLessThan(part.length * 1000 * 8)
  })

  test('is none for labels that no text can have', () => {
    const odd: Label[] = ['', ' ', '-', '\ud800', 'a '.repeat(40), '\u200b'].map((text) => ({ concept: 'odd', language: 'en', text, kind: 'preferred' }))
    const { entries } = buildRecognizer([]).size
    expect(buildRecognizer(odd).size.entries).toBe(entries)
  })
})
