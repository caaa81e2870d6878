import { en } from '../text/terms/en.ts'
import type { RecordSay } from '../text/index.ts'

type Field = keyof typeof en extends infer K ? (K extends `field.${infer F}` ? F : never) : never

/** The words for a field; a field that has none shows its name. */
export const fieldLabel = (say: RecordSay, field: string): string => (`field.${field}` in en ? say(`field.${field as Field}`) : field)
