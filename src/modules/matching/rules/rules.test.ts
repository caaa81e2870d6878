import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyse } from '../../../platform/text/analysis/analyse.ts'
import { buildRecognizer } from '../../../platform/text/analysis/recognizer/recognizer.ts'
import { relationsOf } from '../../vocabulary/rules/relations.ts'
import { featuresOf, type ReadText } from './features.ts'
import { factorOf, findingsOf, isExcluded, type Facts } from './fit.ts'
import { lifts, placeOf, type Said } from './place.ts'
import { conceptsIn, reasonsOf } from './reasons.ts'
import { resemblance } from './resemble.ts'
import { leastScore, postingsOf, scoreOf } from './score.ts'
import { weigh, type Counts, type Profile } from './weigh.ts'

const relations = relationsOf([
  { concept: 'dengue', kind: 'broader', target: 'viral-disease' },
  { concept: 'zika', kind: 'broader', target: 'viral-disease' },
  { concept: 'viral-disease', kind: 'broader', target: 'disease' },
  { concept: 'shrimp', kind: 'broader', target: 'animal' },
  { concept: 'vaccine', kind: 'related', target: 'dengue' },
])
const recognizer = buildRecognizer([
  { concept: 'dengue', language: 'en', text: 'dengue', kind: 'preferred' },
  { concept: 'dengue', language: 'zh', text: '登革热', kind: 'preferred' },
  { concept: 'zika', language: 'es', text: 'zika', kind: 'preferred' },
  { concept: 'vaccine', language: 'en', text: 'vaccine', kind: 'preferred' },
  { concept: 'vaccine', language: 'zh', text: '疫苗', kind: 'preferred' },
  { concept: 'shrimp', language: 'en', text: 'shrimp', kind: 'preferred' },
])
const counts: Counts = { total: 0, of: new Map() }
const read = (language: ReadText['language'], text: string, weight = 1): ReadText => ({
  language,
  text,
  weight,
  analysis: analyse(text, { language, recognizer }),
})
const profileOf = (...texts: ReadText[]) => weigh(featuresOf(texts), counts, relations)

const facts: Facts = {
  direction: 'offer',
  pillar: 'research',
  country: 'CU',
  original: 'en',
  kind: 'hospital',
  forms: [],
  stage: null,
  amount: null,
  unit: null,
  partnerKinds: [],
  authorizations: [],
  countriesWanted: [],
  countriesExcluded: [],
}
const english = profileOf(read('en', 'A vaccine against dengue for schools'))
const chinese = profileOf(read('zh', '登革热疫苗'))
const shrimps = profileOf(read('en', 'Feed for shrimp in ponds'))

const weights = (keys: readonly string[]) => fc.dictionary(fc.constantFrom(...keys), fc.double({ min: 0.01, max: 9, noNaN: true }), { maxKeys: keys.length })
const anyProfile: fc.Arbitrary<Profile> = fc
  .record({ concepts: weights(['a', 'b', 'c', 'd']), names: weights(['5mg', 'h5n1', '~vacun']), terms: weights(['en:x', 'en:y', 'es:z', 'zh:疫苗']) })
  .map(({ concepts, names, terms }) => {
    const length = (of: Record<string, number>) => Math.hypot(...Object.values(of))
    const languages = [...new Set(Object.keys(terms).map((key) => key.slice(0, 2)))]
    return {
      concepts,
      own: Object.fromEntries(Object.keys(concepts).map((key) => [key, [key]])),
      names,
      terms,
      norm: length(concepts),
      termNorms: Object.fromEntries(
        languages.map((language) => [language, length(Object.fromEntries(Object.entries(terms).filter(([key]) => key.startsWith(language))))]),
      ),
    }
  })
const countries = fc.uniqueArray(fc.constantFrom('CU', 'VN', 'CN', 'MX'), { maxLength: 3 })
const anyFacts = (direction: Facts['direction']): fc.Arbitrary<Facts> =>
  fc.record({
    direction: fc.constant(direction),
    pillar: fc.constantFrom('research', 'training', 'technology-transfer', 'production', 'commercialization'),
    country: fc.constantFrom('CU', 'VN', 'CN', 'MX'),
    original: fc.constantFrom('en', 'es', 'zh', 'vi'),
    kind: fc.constantFrom('hospital', 'enterprise', null),
    forms: fc.uniqueArray(fc.constantFrom('licence', 'supply', 'service'), { maxLength: 3 }),
    stage: fc.constantFrom('trl-3', 'phase-2', 'marketed', null),
    amount: fc.constantFrom(null, 1, 5),
    unit: fc.constantFrom(null, 'doses'),
    partnerKinds: fc.uniqueArray(fc.constantFrom('hospital', 'enterprise'), { maxLength: 2 }),
    authorizations: countries,
    countriesWanted: countries,
    countriesExcluded: countries,
  })

describe('what a listing says', () => {
  test('does not depend on the order of its texts', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['vaccine against dengue', 'shrimp feed', '登革热', 'zika y dengue'], { minLength: 4 }), (texts) => {
        const profile = profileOf(...texts.map((text) => read('en', text)))
        expect(profile).toEqual(profileOf(...texts.toReversed().map((text) => read('en', text))))
      }),
    )
  })

  test('is no more for being said in two languages', () => {
    const both = profileOf(read('en', 'dengue vaccine'), read('zh', '登革热疫苗'))
    const each = [read('en', 'dengue vaccine'), read('zh', '登革热疫苗')].map((text) => profileOf(text).concepts['dengue'] ?? 0)
    expect(both.concepts['dengue']).toBe(Math.max(...each))
  })

  test('what is rare tells more than what is wide, and than what many say', () => {
    const { concepts } = profileOf(read('en', 'dengue'))
    expect(concepts['dengue']).toBeGreaterThan(concepts['viral-disease'] ?? 0)
    expect(concepts['viral-disease']).toBeGreaterThan(concepts['disease'] ?? 0)
    const common = weigh(featuresOf([read('en', 'dengue')]), { total: 1000, of: new Map([['c dengue', 900]]) }, relations)
    expect(common.concepts['dengue'] ?? 0).toBeLessThan(concepts['dengue'] ?? 0)
  })

  test('few features are looked for, each with a share of the whole', () => {
    fc.assert(
      fc.property(anyProfile, (profile) => {
        const postings = postingsOf(profile)
        expect(postings.length).toBeLessThanOrEqual(36)
        for (const { weight } of postings) expect(weight).toBeLessThanOrEqual(1.001)
      }),
    )
  })
})

describe('how well two go together', () => {
  test('language does not count against it', () => {
    const [same, cross] = [resemblance(english, profileOf(read('en', 'We need a dengue vaccine'))), resemblance(english, chinese)]
    expect(cross).toBeGreaterThan(0.9 * same)
    expect(cross).toBeGreaterThan(3 * resemblance(english, shrimps))
    expect(resemblance(profileOf(read('en', 'dengue')), profileOf(read('es', 'zika')))).toBeGreaterThan(0) // by what stands above both
  })

  test('is the same either way round, and from 0 to 1', () => {
    fc.assert(
      fc.property(anyProfile, anyProfile, anyFacts('offer'), anyFacts('need'), (a, b, offer, need) => {
        const score = scoreOf({ profile: a, facts: offer }, { profile: b, facts: need })
        expect(score).toBe(scoreOf({ profile: b, facts: need }, { profile: a, facts: offer }))
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        expect(findingsOf(offer, need)).toEqual(findingsOf(need, offer))
      }),
    )
  })

  test('an exclusion always wins, and so does the same direction', () => {
    fc.assert(
      fc.property(anyProfile, anyFacts('offer'), anyFacts('need'), (profile, offer, need) => {
        const excluding = { ...need, countriesExcluded: [...need.countriesExcluded, offer.country] }
        expect(isExcluded(offer, excluding)).toBe(true)
        expect(scoreOf({ profile, facts: offer }, { profile, facts: excluding })).toBe(0)
        expect(scoreOf({ profile, facts: excluding }, { profile, facts: offer })).toBe(0)
        expect(scoreOf({ profile, facts: offer }, { profile, facts: { ...need, direction: 'offer' } })).toBe(0)
      }),
    )
  })

  test('what fits never lowers it, what does not never lifts it', () => {
    fc.assert(
      fc.property(anyFacts('offer'), anyFacts('need'), (offer, need) => {
        const findings = findingsOf(offer, need)
        for (const [at, finding] of findings.entries()) {
          const rest = findings.filter((_, index) => index !== at)
          if (finding.fits) expect(factorOf(findings)).toBeGreaterThanOrEqual(factorOf(rest))
          else expect(factorOf(findings)).toBeLessThanOrEqual(factorOf(rest))
        }
        expect(factorOf(findings)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('a listing goes with nothing better than with one that says the same', () => {
    fc.assert(
      fc.property(anyProfile, anyProfile, (a, b) => {
        expect(resemblance(a, { ...a, names: {} })).toBeGreaterThanOrEqual(Math.min(resemblance(a, { ...b, names: {} }), 1) - 1e-9)
      }),
    )
    expect(scoreOf({ profile: english, facts }, { profile: english, facts: { ...facts, direction: 'need', country: 'VN' } })).toBeGreaterThan(leastScore)
  })

  test('a country that is not wanted costs most, a field that is far less', () => {
    const need: Facts = { ...facts, direction: 'need', country: 'VN' }
    const score = (over: Partial<Facts>) => scoreOf({ profile: english, facts }, { profile: english, facts: { ...need, ...over } })
    expect(score({ countriesWanted: ['CU'] })).toBeGreaterThan(score({}))
    expect(score({ countriesWanted: ['MX'] })).toBeLessThan(score({ pillar: 'commercialization' }))
    expect(findingsOf({ ...facts, stage: 'phase-2' }, { ...need, stage: 'phase-3' })).toContainEqual({ what: 'stage', fits: false, values: ['phase-2'] })
    expect(findingsOf({ ...facts, amount: 5, unit: 'doses' }, { ...need, amount: 3, unit: 'Doses ' })).toContainEqual({
      what: 'amount',
      fits: true,
      values: ['doses'],
    })
    expect(findingsOf({ ...facts, authorizations: ['VN'] }, need)).toContainEqual({ what: 'authorization', fits: true, values: ['VN'] })
  })
})

describe('reasons', () => {
  test('name the concepts of both with the words of each, and wider ones where nothing nearer is shared', () => {
    const reasons = reasonsOf(english, chinese, relations)
    expect(reasons.shared.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      { key: 'dengue', here: ['dengue'], there: ['登革热'] },
      { key: 'vaccine', here: ['vaccine'], there: ['疫苗'] },
    ])
    expect(reasons.wider).toEqual([])
    const apart = reasonsOf(profileOf(read('en', 'dengue')), profileOf(read('es', 'zika')), relations)
    expect(apart.wider).toEqual([{ key: 'viral-disease', here: [{ key: 'dengue', words: ['dengue'] }], there: [{ key: 'zika', words: ['zika'] }] }])
    expect(conceptsIn(apart)).toEqual(['viral-disease', 'dengue', 'zika'])
    expect(reasonsOf(profileOf(read('en', 'a dose of 5 mg')), profileOf(read('es', 'una dosis de 5mg')), relations).names).toEqual(['5mg'])
  })
})

describe('what was said of a counterpart', () => {
  const place = (score: number, ...said: Said[]) => placeOf(score, new Set(said))

  test('moves it as far as no score does', () => {
    const worst = 0
    const best = 1
    expect(place(worst, 'accepted')).toBeGreaterThanOrEqual(place(best, 'interested'))
    expect(place(worst, 'interested')).toBeGreaterThanOrEqual(place(best))
    expect(place(worst)).toBeGreaterThanOrEqual(place(best, 'declined'))
    expect(place(worst, 'declined')).toBeGreaterThanOrEqual(place(best, 'unfit'))
  })

  test('and among those of which the same was said, the score decides', () => {
    for (const said of Object.keys(lifts) as Said[]) expect(place(0.6, said)).toBeGreaterThan(place(0.5, said))
  })

  test('not wanted outweighs all else; an interest that was taken up counts, whatever was declined before', () => {
    expect(place(0.5, 'accepted', 'unfit')).toBe(place(0.5, 'unfit'))
    expect(place(0.5, 'declined', 'interested')).toBe(place(0.5, 'interested'))
    expect(place(0.5, 'interested', 'accepted')).toBe(place(0.5, 'accepted'))
  })
})
