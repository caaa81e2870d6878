/**
 * What XML 1.0 can carry of a text: without control characters (tab and line feed stay), lone surrogates and code points that are no characters.
 * Every line break becomes a line feed, as whoever reads the XML would make it anyway.
 */
export const xmlText = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\t\n]|\p{Cs}|\p{Noncharacter_Code_Point}/gu, '')

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** A text to be put between tags or between quotes of an attribute, without what XML cannot carry (see `xmlText`). */
export const escapeXml = (text: string): string => xmlText(text).replace(/[&<>"']/g, (character) => entities[character] ?? character)
