import { expect, test } from 'vitest'
import { callable, databaseGrid, everyActor, privilegesOf, tablesOf, type Grid, schemas } from './support/database-grid.ts'
import { everything } from './support/share.ts'
import { setStage, type Stage } from './support/stage.ts'
import type { Query } from './support/trial.ts'
import { onBothEngines } from './support/world.ts'

/** A deliberate damage: what is done, and where the grid has to differ. */
type Damage = { name: string; sql: string; tables: string[]; verbs?: string; functions?: boolean }

type Policy = { table: string; name: string; verb: 'r' | 'a' | 'w' | 'd' | '*'; using: boolean; check: boolean; role: string }

/** Every policy that there is, opened to everybody and taken away. A new one joins by itself. */
async function policyDamages(query: Query): Promise<Damage[]> {
  const { rows } =
    await query(`select polrelid::regclass::text as table, polname as name, polcmd as verb, polqual is not null as using, polwithcheck is not null as check,
    (select string_agg(rolname, ', ') from pg_roles where oid = any (polroles)) as role from pg_policy order by 1, 2`)
  return (rows as Policy[]).flatMap(({ table, name, verb, using, check, role }) => {
    const verbs = verb === 'w' ? 'c' : verb
    const at = `"${name}" on ${table}`
    // Of accounts every row is open to one role: the damage is that the application's has it too.
    if (role !== 'puente_app') {
      const privilege = { r: 'select', a: 'insert', w: 'select, update', d: 'delete', '*': 'all' }[verb]
      return [
        {
          name: `${at} for the application`,
          sql: `alter policy ${at} to puente_app; grant usage on schema auth to puente_app; grant ${privilege} on ${table} to puente_app`,
          tables: [table],
          verbs: 'privileges',
        },
      ]
    }
    const open = [using && 'using (true)', check && 'with check (true)'].filter(Boolean).join(' ')
    return [
      { name: `${at} opened`, sql: `alter policy ${at} ${open}`, tables: [table], verbs },
      { name: `${at} taken away`, sql: `drop policy ${at}`, tables: [table], verbs },
    ]
  })
}

/** Every table without row-level security, and with more privileges. */
const tableDamages = (tables: readonly string[]): Damage[] =>
  tables.flatMap((table) => [
    { name: `${table} without row-level security`, sql: `alter table ${table} disable row level security`, tables: [table], verbs: 'privileges' },
    { name: `${table} to delete from`, sql: `grant delete on ${table} to puente_app`, tables: [table], verbs: 'privileges' },
  ])

/** A column given away of each table that has one left to give. */
async function columnDamages(query: Query): Promise<Damage[]> {
  const { rows } = await query(`select distinct on (c.oid, v.verb) c.oid::regclass::text as table, a.attname as column, v.verb
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      cross join (values ('select'), ('insert'), ('update')) v (verb)
    where c.relkind in ('r', 'p') and n.nspname = any ('{${schemas.join()}}') and not has_column_privilege('puente_app', a.attrelid, a.attnum, v.verb)
    order by c.oid, v.verb, a.attnum`)
  return (rows as { table: string; column: string; verb: string }[]).map(({ table, column, verb }) => ({
    name: `${verb} of ${table}.${column}`,
    sql: `grant ${verb} (${column}) on ${table} to puente_app`,
    tables: [table],
    verbs: 'privileges',
  }))
}

/** Conditions of functions that decide who sees what: the function, what is cut out of it, and what stands there instead. */
const conditions: [string, string, string][] = [
  ['app.spaces(text)', 'g.grantee = any (app.principals())', 'true'],
  ['app.spaces(text)', "(g.scope = wanted or (wanted = 'add' and g.scope = 'write'))", 'true'],
  ['app.first_spaces(text)', 'g.grantee = any (app.principals())', 'true'],
  ['app.first_spaces(text)', "g.scope = any (case wanted when 'add' then '{add,write}' else array[wanted] end)", 'true'],
  ['app.first_spaces(text)', 'and g.valid_from <= now()', ''],
  ['app.first_spaces(text)', 'and (g.valid_to is null or g.valid_to > now())', ''],
  ['app.first_spaces(text)', 'if not app.actor_may(wanted)', 'if false'],
  ['app.first_spaces(text)', 'limit 65', 'limit 1'],
  ['app.has_more_spaces(text)', '> 64', '> 64000'],
  ['app.reaches(uuid,text)', 'app.actor_may(wanted) and', ''],
  ['app.actor_may(text)', "like '%:write'", "like '%'"],
  ['app.principals_now()', `= ''`, `= 'nobody at all'`],
  ['app.principals_of_key(uuid)', 'k.ended_at is null and', ''],
  ['app.principals_of(uuid)', 'r.person_id = person', 'true'],
  ['app.principals_of(uuid)', "s.state = 'admitted'", 'true'],
  ['app.principals_of(uuid)', "from roles where role <> 'guest'", 'from roles'],
  ['app.principals_of(uuid)', "and role <> 'guest'", ''],
  ['app.principals_of(uuid)', 'and s.until is null', ''],
  ['app.principals_of(uuid)', 'and r.valid_from <= now()', ''],
  ['app.principals_of(uuid)', 'and (r.valid_to is null or r.valid_to > now())', ''],
  ['app.principals_of(uuid)', 'o.person_id = person', 'true'],
  ['app.principals_of(uuid)', 'and o.valid_from <= now()', ''],
  ['app.principals_of(uuid)', 'and (o.valid_to is null or o.valid_to > now())', ''],
  ['app.written_by(text[],uuid[])', 'and g.grantee = any (names)', ''],
  ['app.written_by(text[],uuid[])', "and g.scope = 'write'", ''],
  ['app.written_by(text[],uuid[])', 'and g.valid_from <= now()', ''],
  ['app.written_by(text[],uuid[])', 'and (g.valid_to is null or g.valid_to > now())', ''],
  ['app.search(text,tsquery,tsquery,tsquery,tsquery,json,boolean,tsquery,integer)', 'unnest(spaces) s', '(select id as s from app.space) all_spaces'],
  ['app.search(text,tsquery,tsquery,tsquery,tsquery,json,boolean,tsquery,integer)', 'who text[] := app.principals()', "who text[] := '{}'"],
  ['app.search_to_renew(text,uuid,integer)', "coalesce(current_setting('app.actor', true), '') <> 'system:jobs'", 'false'],
  ['app.renew_search(json,text)', "coalesce(current_setting('app.actor', true), '') <> 'system:jobs'", 'false'],
  ['app.search_left(text)', "current_setting('app.actor', true) in ('system:jobs', 'system:operator')", 'true'],
  ['calls.next_number()', "in ('', 'public')", "in ('')"],
  ['calls.editors_of(uuid)', "<> 'system:jobs'", "= 'nobody at all'"],
  ['calls.come_due(uuid)', "<> 'system:jobs'", "= 'nobody at all'"],
  ['exchange.next_number(text)', "in ('', 'public')", "in ('')"],
  ['exchange.come_due(uuid)', "<> 'system:jobs'", "= 'nobody at all'"],
  ['exchange.addressee(uuid,uuid)', "and app.reaches(o.keeper_id, 'write')", ''],
  ['exchange.addressee(uuid,uuid)', "and not (l.hidden_from && array['organization:' || o.id])", ''],
  ['exchange.take_over(uuid,uuid,uuid)', "or not app.reaches(o.keeper_id, 'write')", ''],
  ['exchange.interest_letter(uuid)', "<> 'system:jobs'", "= 'nobody at all'"],
  ['exchange.let_in_accepted(uuid)', "and app.reaches(l.keeper_id, 'write')", ''],
  ['exchange.to_translate(uuid,text)', "<> 'system:jobs'", "= 'nobody at all'"],
  ['exchange.keep_translation(uuid,text,text,text,text,text)', "<> 'system:jobs'", "= 'nobody at all'"],
  ['exchange.count_views(jsonb)', "<> 'system:jobs'", "= 'nobody at all'"],
  ['app.searches_met(uuid[])', "<> 'system:accounts'", "= 'nobody at all'"],
  ['matching.introduction_letter(uuid)', "<> 'system:jobs'", "= 'nobody at all'"],
  ['matching.due(uuid)', "<> 'system:accounts'", "= 'nobody at all'"],
  ['matching.tell(uuid,timestamp with time zone,boolean)', "<> 'system:accounts'", "= 'nobody at all'"],
  ['matching.feed_of(bytea)', 'where n.feed = digest', 'limit 1'],
  ['app.near_words(json)', "where (s.space_id = any ((select app.first_spaces('read'))::uuid[]) or", 'where (true or'],
  ['app.grant_space(uuid,text,text,timestamp with time zone,timestamp with time zone)', "if not app.reaches(space, 'own')", 'if false'],
  ['app.end_grants(uuid,text)', "if not app.reaches(app.newest_of(space), 'own')", 'if false'],
  ['app.next_period(uuid,uuid,text)', "if not app.reaches(newest, 'own')", 'if false'],
  ['app.make_sub_space(uuid,text,uuid,jsonb)', "if not app.reaches(app.newest_of(around), 'add')", 'if false'],
  ['app.lets_in(uuid,text,timestamp with time zone,timestamp with time zone)', 'and app.covers(g.grantee, name)', ''],
  ['app.covers(text,text)', "and inner_name not like '%:guest'", ''],
  ['app.covers(text,text)', 'outer_name = inner_name or', 'true or'],
  ['app.make_space(uuid,text,jsonb)', "in ('', 'public')", "in ('')"],
  ['app.log_append(uuid,text,uuid,uuid,text,text,uuid,bytea,text)', "if not (app.reaches(space, 'add') or", 'if not (true or'],
  ['app.log_append(uuid,text,uuid,uuid,text,text,uuid,bytea,text)', "s.name like 'person-%'", 'true'],
  ['members.make_person(uuid,uuid,text,text)', "not in ('system:accounts', 'system:operator')", "in ('')"],
  ['members.next_application(uuid)', "in ('', 'public')", "in ('')"],
  ['members.settle_home(uuid)', "in ('', 'public')", "in ('')"],
]

/** Conditions of views that policies look spaces up in. */
const viewConditions: [string, RegExp][] = [
  ['app.reached', /CASE\s+WHEN [^]*? END/],
  ['app.reached', /\(?(g\.)?valid_from <= now\(\)\)?/],
  ['app.reached', /\(?(g\.)?valid_to > now\(\)\)?/],
  ['app.more_to_read', /\(?(r\.)?scope = 'read'::text\)?/],
  ['app.more_to_write', /\(?(r\.)?scope = 'write'::text\)?/],
]

async function viewDamages(query: Query): Promise<Damage[]> {
  const damages: Damage[] = []
  for (const [name, cut] of viewConditions) {
    const { rows } = await query('select pg_get_viewdef($1::regclass) as text', [name])
    const text = (rows as { text: string }[])[0]?.text ?? ''
    if (!cut.test(text)) throw new Error(`${name} has no ${cut} any more: say in test/mutations.test.ts what decides there now: ${text}`)
    damages.push({
      name: `${name} without ${cut}`,
      sql: `create or replace view ${name} with (security_barrier) as ${text.replace(cut, 'true')}`,
      tables: ['app.space', 'record.entry'],
      functions: true,
    })
  }
  return damages
}

async function functionDamages(query: Query): Promise<Damage[]> {
  const damages: Damage[] = []
  for (const [name, cut, instead] of conditions) {
    const { rows } = await query('select pg_get_functiondef($1::regprocedure) as text', [name])
    const text = (rows as { text: string }[])[0]?.text ?? ''
    if (!text.includes(cut)) throw new Error(`${name} has no "${cut}" any more: say in test/mutations.test.ts what decides there now`)
    damages.push({ name: `${name} without "${cut}"`, sql: text.replace(cut, instead), tables: ['app.space'], verbs: 'r', functions: true })
  }
  const called = new Set(await callable(query))
  const { rows } = await query(
    `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = any ('{${schemas.join()}}') and p.prorettype <> 'trigger'::regtype`,
  )
  for (const { name } of rows as { name: string }[])
    if (!called.has(name))
      damages.push({ name: `${name} to be called`, sql: `grant execute on function ${name} to puente_app`, tables: [], verbs: 'privileges' })
  return damages
}

/** Actors that some other stands for here, to whom the database gives the same. */
const alike = new Set(['strg', 'qual', 'trad', 'view'])

/** What the grid says of the tables of a damage, as one text. */
async function seen(query: Query, stage: Stage, { tables, verbs, functions = false }: Damage): Promise<string> {
  const privileges = await Promise.all(tables.map((table) => privilegesOf(query, table)))
  if (verbs === 'privileges') return [...privileges, ...(await callable(query))].join('\n')
  const actors = everyActor(stage).filter(({ head }) => !alike.has(head))
  return `${privileges.join('\n')}\n${textOf(await databaseGrid(query, stage, tables, functions, { verbs, actors, each: 1 }))}`
}

/** Taken away, nobody could open or close a call any more: test/calls.test.ts finds it in the search and loses it again. The grid writes no row of the search. */
const noticedByStories = new Set(['"add_call" on app.search_row taken away', '"change_call" on app.search_row taken away'])

const textOf = (grid: Grid) => [...grid].map(([what, cells]) => `${what} ${cells.map(({ reached }) => reached).join(' ')}`).join('\n')

onBothEngines(
  'deliberate damages',
  (world, engine) => {
    test('each policy, grant check, audience term and privilege taken away is noticed by the grid', { timeout: 900_000 }, async () => {
      const stage = await setStage(world())
      const unnoticed = await world().dissect(async (query) => {
        const tables = await tablesOf(query)
        const damages = [
          ...(await policyDamages(query)),
          ...tableDamages(tables),
          ...(await columnDamages(query)),
          ...(await functionDamages(query)),
          ...(await viewDamages(query)),
        ]
        // The policies are the same on both engines: of a share, each damage is done on one of them, most on the faster.
        const done = everything ? damages : damages.filter((_, at) => (at % 4 === 0) === (engine === 'embedded'))
        const whole = new Map<string, string>()
        const missed: string[] = []
        for (const damage of done) {
          const key = JSON.stringify([damage.tables, damage.verbs, damage.functions])
          if (!whole.has(key)) whole.set(key, await seen(query, stage, damage))
          await query('savepoint damage')
          await query(damage.sql)
          if ((await seen(query, stage, damage)) === whole.get(key) && !noticedByStories.has(damage.name)) missed.push(damage.name)
          await query('rollback to savepoint damage')
        }
        expect(damages.length).toBeGreaterThan(250)
        return missed
      })
      expect(unnoticed).toEqual([])
    })
  },
  { PUENTE_PROXIES: '1' },
)
