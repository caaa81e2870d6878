import type { Module } from '../../platform/module.ts'
import { membersApi } from './api/index.ts'
import { membersCommands } from './commands/index.ts'
import { membersDesk } from './pages/desk-pages.ts'
import { membersPages } from './pages/index.ts'

export { firstLink } from './actions/first.ts'
export { atDesk, idOf } from './pages/at-desk.ts'
export { deskOffices, mayRunDesk } from './policy.ts'
export { isSameEnd } from './rules/closures.ts'
export { closureInput, openFilter, type Closure as ClosureInput, type OpenFilter } from './schema.ts'
export { Closure, type ClosureTyped } from './views/closure.tsx'
export { DeskLayout, Done, Standing } from './views/desk.tsx'

export const members: Module = { name: 'members', pages: membersPages, api: membersApi, commands: membersCommands, navigation: [], desk: membersDesk }
