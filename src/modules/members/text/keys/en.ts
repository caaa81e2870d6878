import type { Sentences } from '../../../../platform/i18n/texts.ts'

/** Keys with which programs use the API. */
export const en = {
  'key.title': 'API keys',
  'key.lead': 'A program uses the API with a key. It acts as you, with at most what you may do yourself, and of that only what its scopes name.',
  'key.lead-member':
    'A program uses the API with a key. It acts for the organization, as an editor of it, and only as far as its scopes go. It stops while the organization is not admitted.',
  'key.none': 'There is no key yet.',
  'key.new': 'Make a key',
  'key.name': 'Name of the key',
  'key.name-hint': 'So that you know later what uses it, such as “laboratory system”.',
  'key.scopes': 'What the key may do',
  'key.until': 'Last day',
  'key.until-hint': 'One year from today at most.',
  'key.make': 'Make the key',
  'key.made': 'The key is made',
  'key.once': 'Copy it now: it is shown this once and kept nowhere. Whoever has it can do what its scopes name.',
  'key.use': 'A program sends it with each request:',
  'key.back': 'To the keys',
  'key.made-by': 'made {date} by {person}',
  'key.used': 'last used {date}',
  'key.unused': 'not used yet',
  'key.ends': 'until {date}',
  'key.revoke': 'Revoke',
  'key.revoked': 'The key is revoked. It works nowhere any more.',
  'key.state.rests': 'Rests',
  'key.state.expired': 'Expired',
  'key.state.revoked': 'Revoked',
  'key.scope.members-read': 'Read the members',
  'key.scope.desk-write': 'Send corrections and reports',
  'key.mail.made.subject': 'An API key was made on Puente',
  'key.mail.made.body':
    'Hello {name},\n\n{by} made the API key “{key}” ({hint}…). It acts for {owner} and may: {scopes}. Its last day is {until}.\n\nIf this was not meant to be, revoke it at once:\n\n{link}',
  'key.mail.revoked.subject': 'An API key was revoked on Puente',
  'key.mail.revoked.body': 'Hello {name},\n\n{by} revoked the API key “{key}” ({hint}…) of {owner}. Programs that use it get no answer any more.\n\n{link}',
  'key.operator': 'The operator',
} as const satisfies Sentences
