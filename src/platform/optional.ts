import { z } from 'zod'

const blankIsNone = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)

/** A field that may be missing: one left empty in a form, or with blanks alone, is as one that was not sent. */
export const optional = <S extends z.ZodType>(shape: S) => z.preprocess(blankIsNone, shape.optional())
