import { apiRouter } from '../../platform/http/api.ts'
import type { Module } from '../../platform/module.ts'
import { membersCommands } from './commands/index.ts'
import { membersPages } from './pages/index.ts'

export { firstLink } from './actions/first.ts'

export const members: Module = { name: 'members', pages: membersPages, api: apiRouter(), commands: membersCommands, navigation: [] }
