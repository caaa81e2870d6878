import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { Refusal } from './errors.ts'
import { root } from './root.ts'

const web = 'postgres://web:secret@db.example.org/puente'
const owner = 'postgres://owner:secret@db.example.org/puente'

const openid = {
  OPENID_ISSUER: 'https://id.example.org/realms/science',
  OPENID_CLIENT_ID: 'puente',
  OPENID_CLIENT_SECRET: 'a secret',
  OPENID_NAME: 'Ministry of Science',
}

/** The sentence with which a configuration is refused. */
function reasonFor(env: Record<string, string>): string {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'config_invalid') return String(error.params['reason'])
    throw error
  }
  throw new Error(`accepted: ${JSON.stringify(env)}`)
}

const defaults = {
  port: 3000,
  host: 'localhost',
  data: resolve('./.puente'),
  postgres: undefined,
  url: undefined,
  proxies: 0,
  rate: 600,
  smtp: undefined,
  openid: undefined,
  translate: undefined,
  embeddings: undefined,
  vocabulary: join(root, 'seeds', 'vocabulary'),
  backupRecipients: [],
  logLevel: 'info',
}

describe('the configuration', () => {
  test('has a default for everything', () => {
    expect(readConfig({})).toEqual(defaults)
  })

  test('counts a variable set to nothing as unset', () => {
    const names = [
      'PORT',
      'HOST',
      'PUENTE_DATA',
      'DATABASE_URL',
      'DATABASE_OWNER_URL',
      'PUENTE_URL',
      'PUENTE_PROXIES',
      'PUENTE_RATE',
      'SMTP_URL',
      'MAIL_FROM',
      'OPENID_ISSUER',
      'OPENID_CLIENT_ID',
      'OPENID_CLIENT_SECRET',
      'OPENID_NAME',
      'TRANSLATE_URL',
      'TRANSLATE_KEY',
      'EMBEDDINGS_URL',
      'EMBEDDINGS_MODEL',
      'EMBEDDINGS_KEY',
      'PUENTE_VOCABULARY',
      'LOG_LEVEL',
    ]
    expect(readConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(defaults)
    expect(readConfig({ DATABASE_URL: '', DATABASE_OWNER_URL: '' }).postgres).toBeUndefined()
  })

  test('takes what is set and looks at no other variable', () => {
    const env = {
      PORT: '0',
      HOST: '::1',
      PUENTE_DATA: '/srv/puente',
      DATABASE_URL: web,
      DATABASE_OWNER_URL: owner,
      PUENTE_URL: 'https://puente.example.org:8443',
      PUENTE_PROXIES: '2',
      PUENTE_RATE: '60',
      SMTP_URL: 'smtps://mail.example.org',
      MAIL_FROM: 'Red Puente <puente@example.org>',
      ...openid,
      TRANSLATE_URL: 'https://translate.example.org/',
      TRANSLATE_KEY: 'a key',
      EMBEDDINGS_URL: 'http://10.0.0.5:8080/tei/v1/',
      EMBEDDINGS_MODEL: 'bge-m3',
      EMBEDDINGS_KEY: 'a key',
      PUENTE_VOCABULARY: '/srv/words',
      LOG_LEVEL: 'debug',
      PATH: '/bin',
    }
    expect(readConfig(env)).toEqual({
      port: 0,
      host: '::1',
      data: '/srv/puente',
      postgres: { url: web, ownerUrl: owner },
      url: 'https://puente.example.org:8443',
      proxies: 2,
      rate: 60,
      smtp: { url: 'smtps://mail.example.org', from: { name: 'Red Puente', address: 'puente@example.org' } },
      openid: { issuer: 'https://id.example.org/realms/science', clientId: 'puente', clientSecret: 'a secret', name: 'Ministry of Science' },
      translate: { url: 'https://translate.example.org', key: 'a key' },
      embeddings: { url: 'http://10.0.0.5:8080/tei', model: 'bge-m3', key: 'a key' },
      vocabulary: '/srv/words',
      backupRecipients: [],
      logLevel: 'debug',
    })
  })

  test('gives the data folder as an absolute path', () => {
    expect(readConfig({ PUENTE_DATA: 'some/where' }).data).toBe(resolve('some/where'))
  })

  test('cannot be changed later', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true)
  })
})

describe('a wrong configuration', () => {
  test.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', ' 80'],
    ['PORT', '0x50'],
    ['DATABASE_URL', 'mysql://web@db/puente'],
    ['DATABASE_OWNER_URL', 'db.example.org'],
    ['PUENTE_URL', 'puente.example.org'],
    ['PUENTE_URL', 'ftp://puente.example.org'],
    ['PUENTE_URL', 'https://puente.example.org/'],
    ['PUENTE_URL', 'https://puente.example.org/path'],
    ['PUENTE_PROXIES', '10'],
    ['PUENTE_PROXIES', 'one'],
    ['PUENTE_RATE', 'many'],
    ['PUENTE_RATE', '1000000'],
    ['PUENTE_RATE', '-5'],
    ['SMTP_URL', 'mail.example.org'],
    ['MAIL_FROM', 'puente'],
    ['MAIL_FROM', 'puente@example.org, other@example.org'],
    ['MAIL_FROM', 'Puente <puente@example.org>\r\nBcc: other@example.org'],
    ['MAIL_FROM', 'Puente\r\nBcc: x <puente@example.org>'],
    ['LOG_LEVEL', 'verbose'],
    ['OPENID_ISSUER', 'id.example.org'],
    ['OPENID_ISSUER', 'http://id.example.org'],
    ['OPENID_ISSUER', 'http://localhost.example.org'],
    ['OPENID_ISSUER', 'http://127.0.0.1@id.example.org'],
    ['OPENID_ISSUER', 'https://id.example.org/?realm=x'],
    ['TRANSLATE_URL', 'translate.example.org'],
    ['TRANSLATE_URL', 'ftp://translate.example.org'],
    ['TRANSLATE_URL', 'https://translate.example.org/?language=es'],
    ['TRANSLATE_URL', 'https://user@translate.example.org'],
    ['TRANSLATE_KEY', 'x'.repeat(501)],
    ['OPENID_NAME', 'x'.repeat(61)],
    ['OPENID_NAME', 'a\u0000b'],
    ['EMBEDDINGS_URL', 'localhost:8080'],
    ['EMBEDDINGS_URL', 'http://user:secret@localhost:8080'],
    ['EMBEDDINGS_URL', 'http://localhost:8080/?model=x'],
    ['EMBEDDINGS_MODEL', 'x'.repeat(201)],
    ['EMBEDDINGS_MODEL', 'a\u0000b'],
    ['EMBEDDINGS_KEY', 'x'.repeat(501)],
  ])('is refused for %s=%s, with the name of the variable', (name, value) => {
    expect(reasonFor({ [name]: value })).toMatch(new RegExp(`^${name} must `))
  })

  test('is refused with every wrong variable at once', () => {
    const reason = reasonFor({ PORT: 'abc', PUENTE_RATE: 'many', LOG_LEVEL: 'loud' })
    for (const name of ['PORT', 'PUENTE_RATE', 'LOG_LEVEL']) expect(reason).toContain(name)
  })

  test('is refused without repeating a secret', () => {
    expect(reasonFor({ DATABASE_URL: 'mysql://web:hunter2@db/puente' })).not.toContain('hunter2')
    expect(reasonFor({ DATABASE_URL: web, DATABASE_OWNER_URL: web })).not.toContain('secret')
  })
})

describe('mail', () => {
  test('needs a sender when there is a server for it', () => {
    const PUENTE_URL = 'https://puente.example.org'
    expect(reasonFor({ SMTP_URL: 'smtp://localhost', PUENTE_URL })).toMatch(/^MAIL_FROM is missing/)
    expect(readConfig({ SMTP_URL: 'smtp://localhost', MAIL_FROM: 'puente@example.org', PUENTE_URL }).smtp).toEqual({
      url: 'smtp://localhost',
      from: { name: '', address: 'puente@example.org' },
    })
    expect(readConfig({ MAIL_FROM: 'puente@example.org' }).smtp).toBeUndefined()
  })

  test('needs an address of this site for its links, which a request must not choose', () => {
    expect(reasonFor({ SMTP_URL: 'smtp://localhost', MAIL_FROM: 'puente@example.org' })).toMatch(/^PUENTE_URL is missing/)
  })
})

describe('machine translation', () => {
  test('is done by the service that an address names, with a key where it wants one', () => {
    expect(readConfig({ TRANSLATE_URL: 'http://localhost:5000' }).translate).toEqual({ url: 'http://localhost:5000', key: undefined })
    expect(readConfig({ TRANSLATE_URL: 'https://translate.example.org/api', TRANSLATE_KEY: '' }).translate).toEqual({
      url: 'https://translate.example.org/api',
      key: undefined,
    })
  })

  test('is off without a service; a key without one is told of, and not repeated', () => {
    expect(readConfig({ TRANSLATE_URL: '' }).translate).toBeUndefined()
    expect(reasonFor({ TRANSLATE_KEY: 'hunter2' })).toMatch(/^TRANSLATE_URL is missing/)
    expect(reasonFor({ TRANSLATE_KEY: 'hunter2' })).not.toContain('hunter2')
    expect(reasonFor({ TRANSLATE_URL: 'ftp://user:hunter2@translate.example.org' })).not.toContain('hunter2')
  })
})

describe('embeddings', () => {
  const EMBEDDINGS_URL = 'http://localhost:8080'
  test('need a service and the name of its model', () => {
    expect(reasonFor({ EMBEDDINGS_URL })).toMatch(/^EMBEDDINGS_MODEL is missing/)
    expect(reasonFor({ EMBEDDINGS_MODEL: 'bge-m3' })).toMatch(/^EMBEDDINGS_URL is missing/)
    expect(reasonFor({ EMBEDDINGS_KEY: 'a key' })).toMatch(/^EMBEDDINGS_URL is missing/)
  })

  test.each([EMBEDDINGS_URL, `${EMBEDDINGS_URL}/`, `${EMBEDDINGS_URL}/v1`, `${EMBEDDINGS_URL}/v1/embeddings`])('take the address written as %s', (url) => {
    expect(readConfig({ EMBEDDINGS_URL: url, EMBEDDINGS_MODEL: 'bge-m3' }).embeddings).toEqual({ url: EMBEDDINGS_URL, model: 'bge-m3', key: undefined })
  })
})

describe('the two database logins', () => {
  test('are set both or neither', () => {
    expect(reasonFor({ DATABASE_URL: web })).toMatch(/^DATABASE_OWNER_URL is missing/)
    expect(reasonFor({ DATABASE_OWNER_URL: owner })).toMatch(/^DATABASE_URL is missing/)
    expect(reasonFor({ DATABASE_URL: web, DATABASE_OWNER_URL: '' })).toMatch(/^DATABASE_OWNER_URL is missing/)
  })

  test.each([
    ['with other passwords', 'postgres://a:one@db/p', 'postgres://a:two@db/p'],
    ['with a password and without', 'postgres://a@db/p', 'postgresql://a:two@db/p'],
    ['on a socket', 'postgres://a@/p?host=/run/postgresql', 'postgres://a@/p?host=/run/postgresql'],
    ['written with percent signs', 'postgres://%61@db/p', 'postgres://a@db/p'],
    ['that name nobody', 'postgres://db/p', 'postgres://db/p'],
  ])('of the same user %s are refused', (_, url, ownerUrl) => {
    expect(reasonFor({ DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl })).toMatch(/^DATABASE_URL logs in as the same user/)
  })

  test.each([
    ['a server', 'postgres://a@db:5432/p', 'postgresql://b@db:5432/p'],
    ['a socket', 'postgres://a@/p?host=/run/postgresql', 'postgres://b@/p?host=%2Frun%2Fpostgresql'],
  ])('of two users on %s are accepted', (_, url, ownerUrl) => {
    expect(readConfig({ DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl }).postgres).toEqual({ url, ownerUrl })
  })
})

describe('the provider of sign-ins', () => {
  test.each(Object.keys(openid))('is set whole or not at all: %s missing stops the start with one sentence that tells no secret', (name) => {
    const reason = reasonFor({ ...openid, [name]: '' })
    expect(reason).toBe(`${name} is missing although another OPENID setting is set; all four or none`)
    expect(reason).not.toContain(openid.OPENID_CLIENT_SECRET)
  })

  test.each([
    ['http://localhost:8080/realms/x', 'http://localhost:8080/realms/x'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    ['http://[::1]:8080', 'http://[::1]:8080/'],
    ['https://ID.example.org', 'https://id.example.org/'],
  ])('may be %s', (issuer, kept) => {
    expect(readConfig({ ...openid, OPENID_ISSUER: issuer }).openid?.issuer).toBe(kept)
  })
})
