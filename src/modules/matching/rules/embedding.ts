/**
 * A model as it was measured on texts whose meaning is known (`calibrate`): models differ in how alike they find any two texts, so a cosine says something only
 * between the two. `floor`: cosine of texts that have nothing to do with each other; `ceiling`: of translations of one text.
 */
export type Calibration = { floor: number; ceiling: number }

/** What a model makes of a listing. `model`: which one. */
export type Embedding = Calibration & { model: string; vector: Int8Array }

/** A model that finds less than this share of translations among other texts, or finds them hardly nearer, says nothing here. */
const [leastFound, leastRange] = [0.75, 0.02]

/**
 * An embedding with a byte for each dimension, as it is kept: a quarter of the room, cosines within a hundredth of those of the model.
 *
 * @param values finite numbers, not all of them 0
 */
export function quantize(values: readonly number[]): Int8Array {
  const largest = Math.max(...values.map(Math.abs))
  return Int8Array.from(values, (value) => Math.round((127 * value) / largest))
}

/** The cosine of two embeddings, from -1 to 1; 0 if they have unlike dimensions. Sums of whole numbers, so the same either way round. */
export function cosineOf(a: Int8Array, b: Int8Array): number {
  if (a.length !== b.length) return 0
  let [product, lengthA, lengthB] = [0, 0, 0]
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [a[at] ?? 0, b[at] ?? 0]
    product += x * y
    lengthA += x * x
    lengthB += y * y
  }
  return lengthA === 0 || lengthB === 0 ? 0 : product / Math.sqrt(lengthA * lengthB)
}

/**
 * Measures a model.
 *
 * @param texts of each of several texts that mean something else, its translations, in the same order of languages
 * @returns `undefined` when translations are not clearly nearer to each other than to the rest: then the model says nothing here
 */
export function calibrate(texts: readonly (readonly Int8Array[])[]): Calibration | undefined {
  const [apart, alike]: [number[], number[]] = [[], []]
  let [found, sought] = [0, 0]
  for (const [text, translations] of texts.entries())
    for (const [language, vector] of translations.entries())
      for (const [other] of translations.entries()) {
        if (other === language) continue
        const own = cosineOf(vector, translations[other] ?? none)
        const rest = texts.flatMap((each, at) => (at === text ? [] : [cosineOf(vector, each[other] ?? none)]))
        alike.push(own)
        apart.push(...rest)
        sought++
        if (rest.every((each) => each < own)) found++
      }
  const [floor, ceiling] = [mean(apart), mean(alike)]
  return found >= leastFound * sought && ceiling - floor >= leastRange ? { floor, ceiling } : undefined
}

const none = new Int8Array()
const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length)

/** How alike a model finds two listings: 0 like any two texts, 1 like translations of one text. @returns `undefined` unless the same model read both */
export function likenessOf(a: Embedding | null | undefined, b: Embedding | null | undefined): number | undefined {
  if (!a || !b || a.model !== b.model || a.vector.length !== b.vector.length) return undefined
  return Math.min(1, Math.max(0, (cosineOf(a.vector, b.vector) - a.floor) / (a.ceiling - a.floor)))
}

/** Of what is missing to a whole, likeness adds this much at most: less than one concept that both speak of. */
const share = 0.25

/**
 * Fuses how much two listings share with how alike a model finds them. It lifts and never lowers: a listing that the model has not read loses nothing by it,
 * and what nobody can check in the texts outweighs no concept.
 *
 * @param resemblance from 0 to 1
 * @param likeness from 0 to 1; `undefined` leaves the resemblance as it is
 * @returns from 0 to 1
 */
export const fuse = (resemblance: number, likeness: number | undefined): number =>
  likeness === undefined ? resemblance : 1 - (1 - resemblance) * (1 - share * likeness)
