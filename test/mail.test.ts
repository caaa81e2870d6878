import { afterEach, expect, test } from 'vitest'
import { thePublic } from '../src/platform/access/actor.ts'
import { Database } from '../src/platform/db/database.ts'
import { openDatabase } from '../src/platform/db/open.ts'
import type { JobRunner } from '../src/platform/jobs/runner.ts'
import { mailJobs } from '../src/platform/mail/deliver.ts'
import { outbox } from '../src/platform/mail/commands.ts'
import { queueMail, type MailInput } from '../src/platform/mail/mail.ts'
import { readConfig } from '../src/platform/config.ts'
import { Secrets } from '../src/platform/secrets/secrets.ts'
import { doJobs, until, withSmtp } from './support/jobs.ts'
import { startMailServer, type MailServer } from './support/mail-server.ts'
import { puente, startServer } from './support/process.ts'
import { engineNames, freshEnvironment, onBothEngines, sql, type World } from './support/world.ts'

const letters = {
  en: { subject: 'Your way in', body: 'Follow http://localhost/in/secret-token\n.\nA line that begins with a dot:\n.hidden\nFrom here it goes on.' },
  es: { subject: '¿Mañana en La Habana?', body: 'El año que viene, señora.' },
  zh: { subject: '登录链接：单克隆抗体生产工艺技术转让的邀请函，请于七天之内确认，逾期作废，请勿将此链接转发给任何其他人', body: '请点击链接。\n谢谢！' },
  vi: { subject: 'Đường dẫn đăng nhập của bạn', body: `Chuyển giao công nghệ. ${'Một dòng rất dài. '.repeat(100).trimEnd()}` },
} as const
const mail = (language: keyof typeof letters, more: Partial<MailInput> = {}): MailInput => ({
  to: 'ana@example.org',
  language,
  ...letters[language],
  ...more,
})

const queue = (world: World, ...mails: MailInput[]) =>
  world.database.write(thePublic, async (db) => {
    const ids: string[] = []
    for (const each of mails) ids.push(await queueMail(db, world.secrets, each))
    return ids
  })

type Row = { sent: boolean; refused: boolean; empty: boolean; attempts: number; refusal: string | null }
async function rowOf(world: World, id: string | undefined): Promise<Row> {
  const [row] = await world.rows(sql<Row>`
    select sent_at is not null as sent, refused_at is not null as refused, body is null as empty, attempts, refusal from app.mail where id = ${id ?? ''}`)
  if (!row) throw new Error('no such mail')
  return row
}

async function readOutbox(world: World, json: boolean): Promise<string> {
  const lines: string[] = []
  const { config, database, files } = world
  await outbox.run({ config, database, files, args: {}, options: { limit: '50' }, json, out: (line) => void lines.push(line), err: () => {} })
  return lines.join('\n')
}

const open: { runners: JobRunner[]; servers: MailServer[] } = { runners: [], servers: [] }
afterEach(async () => {
  for (const runner of open.runners.splice(0)) await runner.stop()
  for (const server of open.servers.splice(0)) await server.close()
})
async function serveMail(...how: Parameters<typeof startMailServer>) {
  const server = await startMailServer(...how)
  open.servers.push(server)
  return server
}
async function deliver(world: World, url: string | undefined, pace: Parameters<typeof doJobs>[2] = {}) {
  const config = withSmtp(world.config, url)
  const runner = await doJobs({ ...world, config }, mailJobs(config), pace)
  open.runners.push(runner)
  return runner
}

onBothEngines('mail goes out', (world) => {
  test('at once, once, in the language of whoever reads it, with the headers of a machine', async () => {
    const server = await serveMail()
    const runner = await deliver(world(), server.url, { look: 600 })
    await runner.idle()
    const ids = await queue(world(), mail('en'), mail('es'), mail('zh'), mail('vi'))
    await until('four letters', () => server.arrived.length === 4)
    await runner.idle()
    for (const [index, language] of (['en', 'es', 'zh', 'vi'] as const).entries()) {
      const letter = server.arrived.find(({ parsed }) => parsed.messageId === `<${ids[index]}@example.org>`)
      const header = (name: string) => letter?.parsed.headers.filter(({ key }) => key === name).map(({ value }) => value)
      expect(letter).toMatchObject({ from: 'puente@example.org', to: ['ana@example.org'] })
      expect(letter?.parsed).toMatchObject({ subject: letters[language].subject, from: { name: 'Puente', address: 'puente@example.org' }, attachments: [] })
      expect(letter?.parsed.html).toBeUndefined()
      expect(letter?.parsed.text?.startsWith(`${letters[language].body}\n\n-- \n`)).toBe(true)
      expect(header('auto-submitted')).toEqual(['auto-generated'])
      expect(header('content-language')).toEqual([language === 'zh' ? 'zh-Hans' : language])
      expect(header('content-type')).toEqual(['text/plain; charset=utf-8'])
      expect(letter?.raw).toMatch(/^Date: \w{3}, \d{2} \w{3} \d{4} \d\d:\d\d:\d\d \+0000\r$/m)
      // Seven bits and short lines: no server on the way has a reason to change or refuse it.
      expect(letter?.raw).toMatch(/^[\t\r\n -~]*$/)
      expect(Math.max(...(letter?.raw.split('\r\n') ?? []).map(({ length }) => length))).toBeLessThanOrEqual(78)
      expect(await rowOf(world(), ids[index])).toEqual({ sent: true, refused: false, empty: true, attempts: 1, refusal: null })
      expect(await world().rows(sql`select verb, actor from app.log_entry where object_id = ${ids[index]} order by position`)).toEqual([
        { verb: 'mail.queued', actor: 'public' },
        { verb: 'mail.sent', actor: 'system:jobs' },
      ])
    }
  })

  test('not when its transaction is given up', async () => {
    const server = await serveMail()
    const runner = await deliver(world(), server.url)
    const before = await world().rows(sql`select count(*)::int as n from app.mail`)
    await expect(
      world().database.write(thePublic, async (db) => {
        await queueMail(db, world().secrets, mail('en'))
        throw new Error('given up')
      }),
    ).rejects.toThrow('given up')
    await runner.idle()
    expect(await world().rows(sql`select count(*)::int as n from app.mail`)).toEqual(before)
    expect(server.arrived).toEqual([])
  })

  test('later, when the server is down, and when it asks for patience', async () => {
    const gone = await startMailServer()
    await gone.close()
    await deliver(world(), gone.url)
    const [id] = await queue(world(), mail('vi'))
    await until('two attempts', async () => (await rowOf(world(), id)).attempts >= 2)
    expect(await rowOf(world(), id)).toMatchObject({ sent: false, refused: false, empty: false, refusal: expect.stringContaining('ECONNREFUSED') as string })
    let asked = 0
    const server = await serveMail({ port: Number(new URL(gone.url).port), refuse: () => (++asked < 3 ? '451 try again later' : undefined) })
    await until('it is sent', async () => (await rowOf(world(), id)).sent)
    expect(server.arrived.map(({ parsed }) => parsed.subject)).toEqual([letters.vi.subject])
    expect(asked).toBe(3)
  })

  test('never, when the other side refuses it; the operator sees why', async () => {
    const server = await serveMail({ refuse: (address) => (address.startsWith('nobody') ? '550 5.1.1 no such user here' : undefined) })
    const runner = await deliver(world(), server.url)
    const [refused, taken] = await queue(world(), mail('en', { to: 'nobody@example.org' }), mail('en'))
    await until('both are through', async () => (await rowOf(world(), refused)).refused && (await rowOf(world(), taken)).sent)
    await runner.idle()
    expect(await rowOf(world(), refused)).toEqual({ sent: false, refused: true, empty: false, attempts: 1, refusal: '550 5.1.1 no such user here' })
    expect(await world().rows(sql`select done_at is not null as done, attempts from app.job where id = ${refused}`)).toEqual([{ done: true, attempts: 1 }])
    const text = await readOutbox(world(), false)
    expect(text).toContain(
      'refused  nobody@example.org\n  Answer: 550 5.1.1 no such user here\n  Subject: Your way in\n  Follow http://localhost/in/secret-token',
    )
    expect(JSON.parse(await readOutbox(world(), true))).toEqual([expect.objectContaining({ id: refused, state: 'refused', to: 'nobody@example.org' })])
    expect(await world().rows(sql`select verb from app.log_entry where object_id = ${refused} order by position`)).toEqual([
      { verb: 'mail.queued' },
      { verb: 'mail.refused' },
    ])
  })

  test('again with the same Message-ID and the same bytes, when the process ends before it has noted that it was sent', async () => {
    const server = await serveMail()
    let isDead = false
    // What a killed process would have written never comes about.
    const dying = new Proxy(world().database, {
      get: (target, name) =>
        name === 'write' && (server.arrived.length > 0 || isDead) ? () => new Promise(() => {}) : (Reflect.get(target, name, target) as unknown),
    })
    const config = withSmtp(world().config, server.url)
    await doJobs({ config, secrets: world().secrets, database: dying }, mailJobs(config), { lease: 0.5, lanes: 1, grace: 1 })
    const [id] = await queue(world(), mail('zh'))
    await until('it has arrived', () => server.arrived.length === 1)
    isDead = true
    expect(await rowOf(world(), id)).toMatchObject({ sent: false, empty: false })
    await deliver(world(), server.url, { look: 0.1 })
    await until('it is noted', async () => (await rowOf(world(), id)).sent)
    expect(server.arrived).toHaveLength(2)
    expect(server.arrived[1]?.raw).toBe(server.arrived[0]?.raw)
    expect(server.arrived[1]?.parsed.messageId).toBe(`<${id}@example.org>`)
  })
})

onBothEngines('mail without a server', (world) => {
  test('waits in the outbox, is sealed in every row, and goes out once there is a server', async () => {
    const runner = await deliver(world(), undefined)
    const [id] = await queue(world(), mail('en'))
    await runner.idle()
    const everything = await world().rows(sql<{ row: string }>`
      select to_jsonb(m)::text || encode(m.body, 'escape') as row from app.mail m
      union all select to_jsonb(j)::text from app.job j union all select to_jsonb(e)::text from app.log_entry e union all select p.payload from app.log_payload p`)
    expect(everything.map(({ row }) => row).join('\n')).toContain('Your way in')
    expect(everything.map(({ row }) => row).join('\n')).not.toContain('secret-token')
    expect(await readOutbox(world(), false)).toContain('waiting  ana@example.org\n  Subject: Your way in\n  Follow http://localhost/in/secret-token\n')
    expect(JSON.parse(await readOutbox(world(), true))).toEqual([expect.objectContaining({ id, state: 'waiting', body: letters.en.body, language: 'en' })])

    const server = await serveMail()
    await deliver(world(), server.url)
    await until('it is sent', async () => (await rowOf(world(), id)).sent)
    expect(await readOutbox(world(), false)).toBe('Every mail has been sent.')
  })

  test('is emptied when its links have ended, and never sent after that', async () => {
    const [id] = await queue(world(), mail('es', { endsInMinutes: 1 }))
    await world().rows(sql`update app.mail set ends_at = now() where id = ${id}`)
    await world().rows(sql`update app.job set run_at = now() where input ->> 'mail' = ${id}`)
    await deliver(world(), undefined)
    await until('it is emptied', async () => (await rowOf(world(), id)).empty)
    expect(await readOutbox(world(), false)).toContain('ended  ana@example.org\n  Subject: ¿Mañana en La Habana?\n  (emptied)')
    const server = await serveMail()
    const runner = await deliver(world(), server.url)
    await runner.idle()
    expect(server.arrived).toEqual([])
    expect(await rowOf(world(), id)).toMatchObject({ sent: false, refused: false, empty: true })
    expect(await world().rows(sql`select 1 from app.job where input ->> 'mail' = ${id} and done_at is null`)).toEqual([])
    expect(await world().rows(sql`select verb from app.log_entry where object_id = ${id} order by position`)).toEqual([
      { verb: 'mail.queued' },
      { verb: 'mail.ended' },
    ])
  })

  test('shows nothing to the public', async () => {
    await queue(world(), mail('en'))
    const seen = await world().database.read(thePublic, async (db) => ({
      mail: (await sql`select 1 from app.mail`.execute(db)).rows,
      jobs: (await sql`select 1 from app.job`.execute(db)).rows,
      log: (await sql`select 1 from app.log_entry where chain = 'mail'`.execute(db)).rows,
    }))
    expect(seen).toEqual({ mail: [], jobs: [], log: [] })
  })

  test.each([
    ['subject', { subject: 'Hello\r\nBcc: eve@example.org' }],
    ['subject', { subject: 'Hello\nBcc: eve@example.org' }],
    ['subject', { subject: 'Hello\rX' }],
    ['subject', { subject: 'Hello\u0000' }],
    ['subject', { subject: 'Hello\u2028Bcc: eve@example.org' }],
    ['subject', { subject: ' ' }],
    ['subject', { subject: 'x'.repeat(201) }],
    ['to', { to: 'ana@example.org\r\nBcc: eve@example.org' }],
    ['to', { to: 'ana@example.org, eve@example.org' }],
    ['to', { to: 'ana@example.org;eve@example.org' }],
    ['to', { to: 'Ana <ana@example.org>' }],
    ['to', { to: '"ana eve"@example.org' }],
    ['to', { to: 'ana@example.org>' }],
    ['to', { to: 'ana' }],
  ])('is refused for its %s: %o', async (path, wrong) => {
    const before = await world().rows(sql`select count(*)::int as n from app.mail`)
    await expect(queue(world(), mail('en', wrong))).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path }] })
    expect(await world().rows(sql`select count(*)::int as n from app.mail`)).toEqual(before)
  })

  test('what looks like a header inside of the body or the subject stays there', async () => {
    const server = await serveMail()
    await deliver(world(), server.url)
    const subject = 'Bcc: eve@example.org =?utf-8?Q?=0D=0ABcc:_eve@example.org?='
    const [id] = await queue(world(), mail('en', { subject, body: 'Bcc: eve@example.org\r\n\r\n.\r\nRCPT TO:<eve@example.org>' }))
    await until('it is sent', async () => (await rowOf(world(), id)).sent)
    const letter = server.arrived.find(({ parsed }) => parsed.messageId?.includes(id ?? '') === true)
    expect(letter?.to).toEqual(['ana@example.org'])
    expect(letter?.parsed.bcc).toBeUndefined()
    expect(letter?.parsed.headers.map(({ key }) => key).toSorted()).toEqual(
      [
        'auto-submitted',
        'content-language',
        'content-transfer-encoding',
        'content-type',
        'date',
        'from',
        'message-id',
        'mime-version',
        'subject',
        'to',
      ].toSorted(),
    )
  })
})

test.each(engineNames)('a server that is killed while it sends sends again after its next start (%s)', { timeout: 300_000 }, async (engine) => {
  const { env, drop } = await freshEnvironment(engine)
  const config = readConfig(env)
  const asked = async <T>(run: (database: Database) => Promise<T>) => {
    const database = await openDatabase(config)
    try {
      return await run(database)
    } finally {
      await database.close()
    }
  }
  const id = await asked((database) => database.write(thePublic, (db) => queueMail(db, new Secrets(config.data), mail('es'))))
  const arrival = Promise.withResolvers<void>()
  const server = await serveMail({
    onLetter: async () => {
      if (server.arrived.length > 1) return
      arrival.resolve()
      await first.end('SIGKILL')
    },
  })
  const settings = { ...env, PUENTE_URL: 'http://localhost', SMTP_URL: server.url, MAIL_FROM: 'Puente <puente@example.org>' }
  const first = await startServer(settings)
  await arrival.promise
  await first.end('SIGKILL')
  // With PostgreSQL others wait until the ticket of the killed process has run out.
  if (engine === 'postgres') await asked((database) => database.asOwner((db) => sql`update app.job set run_at = now() where id = ${id}`.execute(db)))
  const second = await startServer(settings)
  await until('it has come again', () => server.arrived.length === 2)
  expect(await puente(['mail', 'test', 'bea@example.org', '--language', 'vi'], settings)).toMatchObject({ code: 0 })
  await until('what the command line queued', () => server.arrived.length === 3)
  expect(await second.end('SIGTERM')).toBe(0)
  expect(server.arrived[2]).toMatchObject({ to: ['bea@example.org'], parsed: { subject: 'Thư gửi thử' } })
  expect(server.arrived.slice(0, 2).map(({ parsed }) => parsed.messageId)).toEqual([`<${id}@example.org>`, `<${id}@example.org>`])
  expect(await puente(['outbox'], settings)).toMatchObject({ code: 0, out: 'Every mail has been sent.\n' })
  expect(await puente(['mail', 'test', 'bea'], env)).toMatchObject({ code: 2, err: expect.stringContaining('bea') as string })
  expect(await puente(['mail', 'test', 'bea@example.org', '--language', 'zh'], env)).toMatchObject({ code: 0 })
  expect((await puente(['outbox'], env)).out).toContain('waiting  bea@example.org\n  Subject: 测试邮件\n')
  await drop()
})
