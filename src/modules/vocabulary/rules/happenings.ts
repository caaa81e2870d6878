/** What is done with a concept; the verbs of the log, behind `vocabulary.concept.`. */
export const happenings = ['added', 'changed', 'merged', 'retired', 'restored'] as const
