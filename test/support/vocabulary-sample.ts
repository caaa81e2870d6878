import { join } from 'node:path'
import { root } from '../../src/platform/root.ts'

/** A vocabulary of a few concepts: that of the program has thousands, which each world of the tests would load. */
export const vocabularySample = join(root, 'test', 'vocabulary', 'sample')
