import { v7 } from 'uuid'

/** A new id: UUIDv7, so that ids made later sort later. */
export const newId = (): string => v7()

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether a text is an id in its canonical form. */
export const isId = (text: string): boolean => form.test(text)
