import { readFileSync } from 'node:fs'
import { annotatedIn, measures, newerConcepts, readAnnotated, type Mark } from '../bench/fixtures/annotated.ts'
const newer = newerConcepts()
for (const lang of process.argv.slice(2) as ('en' | 'es' | 'zh' | 'vi')[]) {
  const first = annotatedIn(lang).filter(({ use }) => use === 'report')
  const second = readAnnotated(readFileSync(`/tmp/hv-second/out-${lang}.txt`, 'utf8'))
  for (const exact of [true, false]) {
    const scores = first.map((sentence, at) => {
      const left = new Set(sentence.marks)
      let same = 0
      let excused = 0
      const given = second[at]?.marks ?? []
      if (second[at]?.text !== sentence.text) throw new Error('text')
      const judged = given.filter((m) => !m.optional && !m.concepts.every((c) => newer.has(c)))
      const opt = given.filter((m) => m.optional)
      const fits = (a: Mark, b: Mark) => a.concepts.some((c) => b.concepts.includes(c)) && (exact ? a.start === b.start && a.end === b.end : a.start < b.end && b.start < a.end)
      for (const m of judged) {
        const hit = [...left].find((each) => fits(each, m))
        if (!hit) continue
        left.delete(hit)
        if (hit.optional) excused++
        else same++
      }
      // what the second marked as optional excuses a miss
      const missedButOptional = [...left].filter((m) => !m.optional && opt.some((o) => fits(m, o))).length
      return { same, found: judged.length - excused, marked: sentence.marks.filter((m) => !m.optional).length - missedButOptional }
    })
    console.log(lang, exact ? 'exact' : 'touching', measures(scores))
  }
}
