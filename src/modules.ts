import type { Module } from './platform/module.ts'
import { provideConcepts } from './platform/search/concepts.ts'
import { atlas } from './modules/atlas/index.ts'
import { calls } from './modules/calls/index.ts'
import { exchange } from './modules/exchange/index.ts'
import { matching } from './modules/matching/index.ts'
import { members } from './modules/members/index.ts'
import { record } from './modules/record/index.ts'
import { vocabulary, vocabularyConcepts } from './modules/vocabulary/index.ts'

/** The modules in dependency order: each may import only from those above it, and only their index.ts. */
export const modules: readonly Module[] = [members, vocabulary, record, exchange, matching, calls, atlas]

// Whoever indexes or asks stands below or beside the vocabulary and cannot import it.
provideConcepts(vocabularyConcepts)
