import type { Module } from './platform/module.ts'
import { atlas } from './modules/atlas/index.ts'
import { exchange } from './modules/exchange/index.ts'
import { members } from './modules/members/index.ts'
import { record } from './modules/record/index.ts'
import { vocabulary } from './modules/vocabulary/index.ts'

/** The modules in dependency order: each may import only from those above it, and only their index.ts. */
export const modules: readonly Module[] = [members, vocabulary, record, exchange, atlas]
