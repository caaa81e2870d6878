import { cleanedLine } from './visible.ts'

/**
 * The name of a file as somebody's machine calls it, without what could lead elsewhere or deceive: no folders, nothing that cannot be seen or turns the reading
 * direction.
 *
 * @returns the empty string when nothing is left
 */
export const fileNameOf = (name: string): string =>
  Array.from(cleanedLine(name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u115f\u1160\u3164\uffa0\u2800]/gu, '').replaceAll(/[/\\]/g, '')))
    .slice(0, 200)
    .join('')
    .trim()
