export const vocabularyCommands = []
