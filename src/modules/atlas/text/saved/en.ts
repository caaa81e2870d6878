import type { Sentences } from '../../../../platform/i18n/texts.ts'

export const en = {
  'saved.title': 'Saved searches',
  'saved.lead': 'What you keep here you alone see. You are told by mail of what is published for it, in any language, as far as you may see it then.',
  'saved.none': 'You keep no search yet. Search for something, and save the search there.',
  'saved.save': 'Save this search',
  'saved.new': 'Save a search',
  'saved.name': 'Name',
  'saved.often': 'Tell me by mail',
  'saved.often.at-once': 'at once',
  'saved.often.daily': 'once a day',
  'saved.often.weekly': 'once a week',
  'saved.often.never': 'never',
  'saved.words': 'Search',
  'saved.keep': 'Save',
  'saved.change': 'Change',
  'saved.remove': 'Remove',
  'saved.remove-lead': 'A search that is removed tells of nothing any more.',
  'saved.done.saved': 'The search is saved.',
  'saved.done.changed': 'The change is saved.',
  'saved.done.removed': 'The search is removed.',
  'saved.stale': 'The search was changed meanwhile. What stands here is how it was; look again.',
  'saved.feed': 'Feed of this search',
  'saved.mail.subject': { one: '{name}: one new result', other: '{name}: {n} new results' },
  'saved.mail.body':
    'Hello {person},\n\nThis was published for the search that you keep as “{name}”:\n\n{list}\n\nThe whole search:\n{link}\n\nTo be told less often, or not any more, sign in here:\n{stop}\n',
  'saved.mail.more': { one: '… and one more', other: '… and {n} more' },
} as const satisfies Sentences
