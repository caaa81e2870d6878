import { describe, expect, test } from 'vitest'
import { broadcastJob } from '../src/modules/calls/actions/broadcast.ts'
import { callsCommands } from '../src/modules/calls/commands/index.ts'
import { openCall } from './support/calls.ts'
import { openSocket } from './support/command-rights.ts'
import { doJobs, until } from './support/jobs.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { makeSomebody, settings, type Somebody } from './support/persons.ts'
import { startServer } from './support/process.ts'
import { makeWorld, onBothEngines, sql, type World } from './support/world.ts'

/** More than twice as many as are written to in one transaction. */
const many = 45

/** A call that was made known to many members, with nobody written to yet. */
async function cast(world: World): Promise<{ call: string; desk: Somebody }> {
  const desk = await makeSomebody(world, 'Ana', ['administrator', 'secretariat'])
  for (let n = 0; n < many; n++) await makeMemberPerson(world, await makeMember(world, `Example Member ${n}`, { logo: false }), `Person ${n}`, 'editor')
  const [network] = await world.rows(sql<{ id: string }>`select id from members.network`)
  const { id: call } = await openCall(desk, { network: network?.id ?? '' })
  expect((await desk.post(`/en/desk/calls/${call}/broadcast`, { countries: 'VN' })).status).toBe(303)
  return { call, desk }
}

/** How many members are noted as written to, how many mails there are, and to how many people. */
const reached = async (world: World, call: string) =>
  (
    await world.rows(sql<{ noted: number; mails: number; people: number }>`
      select (select count(*)::int from calls.recipient where call_id = ${call} and mailed_at is not null) as noted, count(*)::int as mails, count(distinct recipient)::int as people
      from app.mail where recipient like '%@example.org' and subject like 'Urgent%'`)
  )[0]

/** Has the database do something before each mail is queued, as long as `isOn`. */
const beforeMails = (world: World, what: string) =>
  world
    .rows(
      sql`create function app.before_mail() returns trigger language plpgsql security definer set search_path = pg_catalog as ${sql.raw(`$$ begin ${what} return new; end $$`)}`,
    )
    .then(() => world.rows(sql`create trigger before_mail before insert on app.mail for each row execute function app.before_mail()`))
const asBefore = (world: World) => world.rows(sql`drop function app.before_mail cascade`)

onBothEngines(
  'a call that is made known to many',
  (world) => {
    test('goes on after a fault in the middle, and nobody is written to twice', async () => {
      const { call, desk } = await cast(world())
      // The second transaction fails at its tenth mail.
      await beforeMails(world(), `if (select count(*) from app.mail where subject like 'Urgent%') >= 29 then raise exception 'the line is cut'; end if;`)
      const first = await doJobs(world(), [broadcastJob], { pause: () => 3600 })
      const job = async () =>
        (await world().rows(sql<{ error: string | null; attempts: number }>`select error, attempts from app.job where kind = 'calls.broadcast'`))[0]
      await until('it has failed', async () => (await job())?.error !== null)
      await first.stop()
      // What the transaction that failed had noted and queued is undone; what came before stays.
      expect(await reached(world(), call)).toEqual({ noted: 20, mails: 20, people: 20 })
      await asBefore(world())
      await world().rows(sql`update app.job set run_at = now() where kind = 'calls.broadcast'`)
      const second = await doJobs(world(), [broadcastJob])
      await until('all are written to', async () => (await reached(world(), call))?.noted === many)
      await second.stop()
      expect(await reached(world(), call)).toEqual({ noted: many, mails: many, people: many })
      // Sent again, it reaches nobody anew.
      expect((await desk.post(`/en/desk/calls/${call}/broadcast`, { countries: 'VN' })).status).toBe(303)
      const third = await doJobs(world(), [broadcastJob])
      await third.idle()
      await third.stop()
      expect(await reached(world(), call)).toEqual({ noted: many, mails: many, people: many })
    })

    test('is shown on the command line, as everybody reads it', async () => {
      const socket = await openSocket(world(), callsCommands)
      const number = `CA-${new Date().getUTCFullYear()}-0001`
      const list = await socket.call('call list', {})
      expect([list.exit, list.said]).toEqual([
        0,
        expect.stringMatching(new RegExp(`^${number}\toutbreak\topen\t\\d{4}-\\d\\d-\\d\\d\tDengue vaccine for the delta$`)),
      ])
      const show = await socket.call('call show', { args: [number] })
      expect(show.said).toContain('Doses of dengue vaccine\t10,000 doses\t0 pledged\t0 accepted\t0 delivered')
      expect((await socket.call('call list', { options: { state: 'past' } })).said).toBe('')
      expect((await socket.call('call list', { options: { state: 'gone' } })).exit).toBe(3)
      const none = await socket.call('call show', { args: ['CA-1999-0001'] })
      expect([none.exit, none.verbs]).toEqual([2, []])
      expect(show.verbs).toEqual([])
      await socket.close()
    })
  },
  settings,
)

describe('a call that is made known to many, by a server on PostgreSQL', () => {
  test('which is killed in the middle: another goes on, and nobody is written to twice', { timeout: 300_000 }, async () => {
    const world = await makeWorld('postgres', settings)
    try {
      const { call } = await cast(world)
      // Slow, so that the end comes while the second transaction is open.
      await beforeMails(world, 'perform pg_sleep(0.2);')
      const { config } = world
      const server = await startServer({
        PUENTE_DATA: config.data,
        DATABASE_URL: config.postgres?.url ?? '',
        ...(config.postgres?.ownerUrl !== undefined && { DATABASE_OWNER_URL: config.postgres.ownerUrl }),
      })
      await until('the first are written to', async () => (await reached(world, call))?.noted === 20)
      await server.end('SIGKILL')
      await asBefore(world)
      expect(await reached(world, call)).toEqual({ noted: 20, mails: 20, people: 20 })
      // As if the time were over for which the job was the other's.
      await world.rows(sql`update app.job set run_at = now() where kind = 'calls.broadcast' and done_at is null`)
      const jobs = await doJobs(world, [broadcastJob])
      await until('all are written to', async () => (await reached(world, call))?.noted === many)
      await jobs.stop()
      expect(await reached(world, call)).toEqual({ noted: many, mails: many, people: many })
    } finally {
      await world.close()
    }
  })
})
