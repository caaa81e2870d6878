import type { Benchmark } from '../support/benchmark.ts'
import { access } from './access.ts'
import { judged } from './judged.ts'
import { matching } from './matching.ts'
import { members } from './members.ts'
import { pages } from './pages.ts'
import { recordSize } from './record-size.ts'
import { retrieval } from './retrieval.ts'
import { text } from './text.ts'

/** All benchmarks, in the order in which they run. */
export const benchmarks: readonly Benchmark[] = [pages, recordSize, members, access, text, retrieval, matching, judged]
