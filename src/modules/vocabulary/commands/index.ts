import { curationCommands } from './curate.ts'
import { importCommand, loadCommand } from './import.ts'
import { checkCommand, coverageCommand, exportCommand } from './look.ts'

export const vocabularyCommands = [importCommand, loadCommand, checkCommand, coverageCommand, exportCommand, ...curationCommands]
