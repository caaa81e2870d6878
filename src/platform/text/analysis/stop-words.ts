import type { Language } from '../../i18n/languages.ts'
import type { Word } from './words.ts'

// Words that say nothing of what a text is about; of Vietnamese with their tones, since without them many are other words.
const european =
  'a an and are as at be been but by can could did do does for from had has have he her his how i if in into is it its may more most no not of on or our she should so such than that the their them then there these they this those to was we were what when where which who will with would you your ' +
  'al algo ante asi aunque cada como con contra cual cuando de del desde donde durante e el ella ellas ellos en entre era es esa ese eso esta estan estar estas este esto estos fue ha han hasta hay la las le les lo los mas me mi muy ni o para pero por porque que se sea segun ser si sido sin sobre son su sus tambien tan te tiene todo tras tu u un una unas uno unos y ya'
const vietnamese =
  'và của các những cho với tại là được có trong này đó để từ theo về như khi đã sẽ đang bị do vì nếu thì mà cũng ở ra vào trên dưới đến rằng hay hoặc nhưng một bởi cùng không rất nhiều mỗi qua'
const chinese = '的了和是在与及或等为以对于从由被把将也都而其之这那有我们你他她它们'

const accented = 'más también él sí según está están así aún qué cómo cuál dónde sólo'

const sets = { european: new Set([...european.split(' '), ...accented.split(' ')]), vietnamese: new Set(vietnamese.split(' ')) }
const characters = new Set(chinese)

/** Whether a word in lower case, with its accents, says nothing of what an English or Spanish text is about; and a Vietnamese one. */
export const stopsIn = (kept: string): { european: boolean; vietnamese: boolean } => ({
  european: sets.european.has(kept),
  vietnamese: sets.vietnamese.has(kept),
})

/** Whether a word says nothing of what a text in a language is about. */
export const isStopWord = ({ stop }: Word, language: Language | 'unknown'): boolean => (language === 'vi' ? stop.vietnamese : stop.european)

/** Whether a Han character only joins others. */
export const isStopCharacter = (character: string): boolean => characters.has(character)
