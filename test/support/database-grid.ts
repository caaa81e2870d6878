import { deskSpace } from '../../src/platform/spaces.ts'
import { principal, type Actor } from '../../src/platform/access/actor.ts'
import { systemActors } from './actors.ts'
import { hiddenSpace, hiddenWord, ownSpaces } from './hidden.ts'
import type { Stage } from './stage.ts'
import type { Query } from './trial.ts'

/** The schemas whose tables and functions are proven. A new module adds its own. */
export const schemas = ['app', 'auth', 'calls', 'exchange', 'matching', 'members', 'record', 'vocabulary']

/** How many rows each verb reaches, of so many: those of the table that were looked at, of each audience a few. */
type Reach = { all: number; reached: number }
/** By what is done (`members.claim r`, `app.search()`) the reach of each actor, in their order. */
export type Grid = Map<string, Reach[]>

const verbs = ['r', 'a', 'c', 'd'] as const
/** Rows of one audience that are looked at. */
const usually = 3
/** Tables of more rows are not changed blindly; whoever reads the database reads theirs. */
const blindly = 500

/** What is tried: the verbs, all if not said; by some actors; on so many rows of one audience. */
export type Wanted = { verbs?: string | undefined; actors?: readonly { actor: Actor | undefined }[]; each?: number }

type Column = { name: string; read: boolean; add: boolean; change: boolean; isKey: boolean }
/** `singly`: the same row by row, for where it cannot be done to all at once. */
type Attempt = { what: string; statement: string; singly?: string[]; asOwner?: boolean }

export const everyActor = ({ askers }: Stage): { head: string; actor: Actor | undefined }[] => [...systemActors, ...askers]

export async function tablesOf(query: Query): Promise<string[]> {
  const { rows } = await query(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname = any ($1) order by 1`,
    [schemas],
  )
  return (rows as { name: string }[]).map(({ name }) => name)
}

/**
 * Tries, as each actor, to read, add, change and delete rows of tables, and to call the functions that decide for themselves; nothing stays. Rows are added as copies
 * of some that are there: the rules are asked before a copy is found to be one.
 */
export async function databaseGrid(query: Query, stage: Stage, tables: readonly string[], withFunctions: boolean, wanted: Wanted = {}): Promise<Grid> {
  await query(reach)
  const attempts: (Attempt & { all: number })[] = withFunctions ? functionAttempts(stage).map((attempt) => ({ ...attempt, all: 1 })) : []
  for (const table of tables) attempts.push(...(await tableAttempts(query, table, wanted)))
  const actors = (wanted.actors ?? everyActor(stage)).map(({ actor }) => (actor === undefined ? '' : principal(actor)))
  const { rows } = await query(
    `select a.number::int as actor, t.number::int as attempt, pg_temp.reach(a.name, t.as_owner, t.statement, t.singly) as reached
      from unnest($1::text[]) with ordinality a (name, number) cross join jsonb_to_recordset($2::jsonb) t (number int, as_owner boolean, statement text, singly jsonb)`,
    [actors, JSON.stringify(attempts.map(({ statement, singly, asOwner }, index) => ({ number: index, as_owner: asOwner === true, statement, singly })))],
  )
  const grid: Grid = new Map()
  for (const { actor, attempt, reached } of rows as { actor: number; attempt: number; reached: number }[]) {
    const { what, all } = attempts[attempt] ?? { what: '', all: 0 }
    const line = grid.get(what) ?? actors.map(() => ({ all: 0, reached: 0 }))
    const cell = line[actor - 1]
    if (cell) Object.assign(cell, { all: cell.all + all, reached: cell.reached + reached })
    grid.set(what, line)
  }
  return grid
}

/**
 * Does a statement as an actor, takes it back, and says how many rows it reached; none if it was refused. Whatever else goes wrong, such as a copy, was allowed. A
 * refusal of some rows refuses all that a statement does, so these are tried one by one then.
 */
const reach = `create or replace function pg_temp.reach(actor text, as_owner boolean, statement text, singly jsonb) returns int language plpgsql as $$
  declare
    n int;
    code text;
  begin
    perform set_config('app.actor', actor, true);
    if not as_owner then perform set_config('role', 'puente_app', true); end if;
    execute statement;
    get diagnostics n = row_count;
    raise exception using errcode = 'UNDO0', message = n::text;
  exception
    when sqlstate 'UNDO0' then return sqlerrm::int;
    when insufficient_privilege or integrity_constraint_violation then
      get stacked diagnostics code = returned_sqlstate;
      if jsonb_array_length(singly) > 1 then return (select sum(pg_temp.reach(actor, as_owner, one, null)) from jsonb_array_elements_text(singly) one); end if;
      return case code when '42501' then 0 else 1 end;
  end
$$`

/** Rows that belong to a listing are read and written by whom it is; all listings of one audience are alike. */
const audienceOfListing =
  '(select row(l.space_id, l.keeper_id, l.people_id, l.desk_id, l.state, l.hidden_from)::text from exchange.listing l where l.id = t.listing_id)'

async function tableAttempts(query: Query, table: string, { verbs: tried, each = usually }: Wanted): Promise<(Attempt & { all: number })[]> {
  const columns = await columnsOf(query, table)
  // Of a table that is given column by column, rows are named by their place as of any other.
  if (columns.some(({ read }) => read) && columns.some(({ read }) => !read)) await query(`grant select (ctid) on ${table} to puente_app`)
  // Rows of a listing that name no space are seen with it; so is what it carries, until that is taken away.
  const isPart = columns.some(({ name }) => name === 'part')
  const ofThing = isPart
    ? ['listing_id', 'part', 'ended_at']
    : columns.some(({ name }) => name === 'space_id')
      ? []
      : ['listing_id', 'call_id', 'pledge_id', 'ended_at']
  const audience = columns
    .filter(({ name }) => /^(space|desk|keeper|people|crew|taker)_id$/.test(name) || ['state', 'side', ...ofThing].includes(name))
    .map(({ name }) => (name === 'listing_id' ? audienceOfListing : name))
  const { rows } =
    await query(`select ctid::text as at, to_jsonb(t)::text as row from (select ctid, t.*, row_number() over (partition by ${[...audience, 'null::text'].join(', ')} order by ctid) as nth_of_audience
    from ${table} t) t where nth_of_audience <= ${each} order by ctid`)
  const sample = rows as { at: string; row: string }[]
  const those = `ctid = any (array[${sample.map(({ at }) => `'${at}'::tid`).join(', ')}]::tid[])`
  const added = columns.filter(({ add }) => add).map(({ name }) => `"${name}"`)
  const changed = columns.find(({ change }) => change)?.name
  const all = sample.length
  const { rows: counted } = await query(`select count(*)::int as n from ${table}`)
  const column = `"${changed ?? columns[0]?.name}"`
  // Whoever reads no row of a table could still change them all, if only a policy for reading kept them from it.
  const blind = `update ${table} set ${column} = (select (jsonb_populate_record(null::${table}, ${literal(sample[0]?.row ?? '{}')}::jsonb)).${column})`
  const attempts = [
    { what: `${table} r`, statement: `select 1 from ${table} where ${those}`, all },
    // Without a column that may be written the statement is refused as it is, and shows no more.
    ...sample.map(({ row }) => ({
      what: `${table} a`,
      statement:
        added.length === 0
          ? `insert into ${table} default values`
          : `insert into ${table} (${added.join(', ')}) select ${added.join(', ')} from jsonb_populate_record(null::${table}, ${literal(row)}::jsonb)`,
      all: 1,
    })),
    {
      what: `${table} c`,
      statement: `update ${table} set ${column} = ${column} where ${those}`,
      singly: sample.map(({ at }) => `update ${table} set ${column} = ${column} where ctid = '${at}'::tid`),
      all,
    },
    ...(((counted as { n: number }[])[0]?.n ?? 0) <= blindly ? [{ what: `${table} b`, statement: blind, all: 0 }] : []),
    { what: `${table} d`, statement: `delete from ${table}`, all },
  ]
  return attempts.filter(({ what }) => tried === undefined || tried.includes((what.at(-1) ?? '').replace('b', 'c')))
}

async function columnsOf(query: Query, table: string): Promise<Column[]> {
  const { rows } = await query(
    `select a.attname as name, has_column_privilege('puente_app', a.attrelid, a.attnum, 'select') as read, has_column_privilege('puente_app', a.attrelid, a.attnum, 'insert') as add,
      has_column_privilege('puente_app', a.attrelid, a.attnum, 'update') as change
    from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [table],
  )
  return rows as Column[]
}

/** What the application's role may do at all: how many columns of each table it reads, adds and changes, and whether it may delete. */
export async function privilegesOf(query: Query, table: string): Promise<string> {
  const columns = await columnsOf(query, table)
  const { rows } = await query(
    `select has_table_privilege('puente_app', $1, 'delete') or has_table_privilege('puente_app', $1, 'truncate') as delete, relrowsecurity as secured from pg_class where oid = $1::regclass`,
    [table],
  )
  const [found] = rows as { delete: boolean; secured: boolean }[]
  const count = (what: 'read' | 'add' | 'change') => columns.filter((column) => column[what]).length
  return `${columns.length}:${count('read')}/${count('add')}/${count('change')}${found?.delete ? ' d' : ''}${found?.secured ? '' : ' OPEN'}`
}

/** Which functions the application's role may call. */
export async function callable(query: Query): Promise<string[]> {
  const { rows } = await query(
    `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = any ($1) and has_function_privilege('puente_app', p.oid, 'execute') order by 1`,
    [schemas],
  )
  return (rows as { name: string }[]).map(({ name }) => name)
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/** What runs with the rights of the owner and asks for itself who may. */
function functionAttempts({ targets }: Stage): Attempt[] {
  const asked = (word: string) => `'${word}', '''^${word}''', '''^${word}''', '${word}', '${word}', '[]', false`
  return [
    ...['read', 'add', 'write', 'own'].map((scope) => ({ what: `app.spaces('${scope}')`, statement: `select unnest(app.spaces('${scope}'))` })),
    ...['read', 'add', 'write', 'own'].map((scope) => ({ what: `app.first_spaces('${scope}')`, statement: `select unnest(app.first_spaces('${scope}'))` })),
    { what: 'app.search() of a hidden row', statement: `select from app.search(${asked(hiddenWord)}, '', 10)` },
    { what: 'app.search_to_renew()', statement: `select from app.search_to_renew('x', '00000000-0000-0000-0000-000000000000', 10)` },
    { what: 'app.renew_search()', statement: `select app.renew_search('[]', 'x')` },
    { what: 'app.search_left()', statement: `select from app.search_left('x') n where n > 0` },
    { what: 'app.published() of a hidden row', statement: `select from app.published('''${hiddenWord}''', '', '-infinity', 10)` },
    { what: 'app.note_published()', statement: `select app.note_published(gen_random_uuid(), '{}')` },
    { what: 'app.searches_met()', statement: `select where (select count(*) from app.searches_met(array(select object_id from app.search_row))) >= 0` },
    { what: 'app.near_words() of one', statement: `select from app.near_words('[{"word":"zqhiden","near":"zqhiden"}]')` },
    { what: 'app.grant_space() of a hidden one', statement: `select app.grant_space('${hiddenSpace}', 'public', 'read')` },
    { what: 'app.grant_space() of the own one', statement: `select app.grant_space('${ownSpaces.side}', 'role:${targets.ownId}:viewer', 'read')` },
    { what: 'app.grant_space() to a guest', statement: `select app.grant_space('${ownSpaces.side}', 'role:${targets.ownId}:guest', 'read')` },
    { what: 'app.grant_space() to the public', statement: `select app.grant_space('${ownSpaces.side}', 'public', 'read')` },
    { what: 'app.make_sub_space()', statement: `select app.make_sub_space(gen_random_uuid(), 'another', '${ownSpaces.dossier}', '[]')` },
    { what: 'app.next_period()', statement: `select app.next_period('${ownSpaces.dossier}', gen_random_uuid())` },
    { what: 'app.end_grants()', statement: `select app.end_grants('${ownSpaces.side}', 'role:${targets.ownId}:signatory')` },
    { what: 'app.make_space()', statement: `select app.make_space(gen_random_uuid(), 'another', '[]')` },
    ...[
      ['a hidden space', hiddenSpace],
      ['the desk', deskSpace],
    ].map(([where, space]) => ({
      what: `app.log_append() to ${where}`,
      statement: `select app.log_append(gen_random_uuid(), 'network', '${space}', null, 'a.b', 'x', null, sha256('x'), '{}')`,
    })),
    { what: 'members.make_person()', statement: `select members.make_person(gen_random_uuid(), gen_random_uuid(), 'x', 'en')` },
    { what: 'members.next_application()', statement: `select members.next_application('${targets.network}')` },
    { what: 'members.settle_home()', statement: `select members.settle_home('${targets.ownId}')` },
    { what: 'exchange.next_number()', statement: `select exchange.next_number('offer')` },
    { what: 'matching.subject()', statement: `select from matching.subject('${targets.open}')` },
    { what: 'matching.numbered()', statement: `select where matching.numbered('o-001') is not null` },
    { what: 'matching.counts()', statement: `select from matching.counts('{""}')` },
    { what: 'matching.candidates()', statement: `select from matching.candidates('${targets.open}', '{"c vaccine"}', '{1}', 10, 10)` },
    { what: 'matching.enter()', statement: `select matching.enter('${targets.open}', '{}', '{"c vaccine"}', '[]', '1')` },
    { what: 'matching.keep()', statement: `select matching.keep('${targets.open}', '[]')` },
    { what: 'matching.published()', statement: `select from matching.published(null, 5)` },
    { what: 'matching.feed_of()', statement: `select where matching.feed_of(sha256('${targets.feedSecret}')) is not null` },
    { what: 'matching.feed_of() of another', statement: `select where matching.feed_of(sha256('nothing')) is not null` },
    { what: 'matching.to_tell()', statement: `select from matching.to_tell()` },
    { what: 'matching.due()', statement: `select where (select count(*) from matching.due('${targets.editor}')) >= 0` },
    { what: 'matching.tell()', statement: `select matching.tell('${targets.editor}', now(), false)` },
    { what: 'matching.begin_embedding_model()', statement: `select matching.begin_embedding_model(gen_random_uuid(), 'x', 8, 0, 1)` },
    { what: 'matching.end_embedding_model()', statement: `select matching.end_embedding_model()` },
    { what: 'matching.without_embedding()', statement: `select from matching.without_embedding(5)` },
    {
      what: 'matching.keep_embedding()',
      statement: `select matching.keep_embedding('${targets.open}', (select id from matching.embedding_model where ended_at is null), 'x', '\\x0102030405060708')`,
    },
    { what: 'matching.embeddings()', statement: `select from matching.embeddings('{${targets.open}}')` },
    { what: 'matching.kept()', statement: `select from matching.kept('${targets.open}')` },
    { what: 'matching.embedding_progress()', statement: `select from matching.embedding_progress()` },
    {
      what: 'matching.may_introduce()',
      statement: `select where matching.may_introduce((select desk_id from exchange.listing where id = '${targets.open}'), '${targets.open}', '${targets.counterpart}')`,
    },
    { what: 'matching.introduction_letter()', statement: `select from matching.introduction_letter('${targets.introduction}')` },
    { what: 'exchange.come_due()', statement: `select from exchange.come_due('${targets.listing}')` },
    { what: 'calls.next_number()', statement: `select calls.next_number()` },
    { what: 'calls.editors_of()', statement: `select calls.editors_of('${targets.ownId}')` },
    { what: 'calls.next_recipients()', statement: `select from calls.next_recipients('${targets.call}', 'call', 10)` },
    { what: 'calls.come_due()', statement: `select from calls.come_due('${targets.call}')` },
    { what: 'exchange.addressee()', statement: `select from exchange.addressee('${targets.open}', '${targets.otherId}')` },
    { what: 'exchange.addressee() of a hidden one', statement: `select from exchange.addressee('${targets.listing}', '${targets.otherId}')` },
    { what: 'exchange.take_over()', statement: `select exchange.take_over(gen_random_uuid(), '${targets.derived}', '${targets.otherId}')` },
    { what: 'exchange.interest_letter()', statement: `select from exchange.interest_letter('${targets.interest}')` },
    { what: 'exchange.let_in_accepted()', statement: `select where (select count(*) from exchange.let_in_accepted('${targets.listing}')) >= 0` },
    { what: 'exchange.to_translate()', statement: `select from exchange.to_translate('${targets.listing}', 'zh')` },
    { what: 'exchange.keep_translation()', statement: `select exchange.keep_translation('${targets.listing}', 'x', 'zh', 'x', null, null)` },
    { what: 'exchange.count_views()', statement: `select exchange.count_views('[]')` },
    {
      what: 'app.search() of a listing hidden from some',
      statement: `select from app.search(${asked('vials')}, '''#listing''', 10) f where f.object_id = '${targets.listing}'`,
    },
    {
      what: 'app.written_by(): runs the instance',
      statement: `select unnest(app.written_by(app.principals(), '{00000000-0000-7000-8000-000000000002,00000000-0000-7000-8000-000000000005}'))`,
      asOwner: true,
    },
  ]
}

const letterOf = (letter: string, { all, reached }: Reach) => (reached === 0 ? '-' : reached < all ? letter : letter.toUpperCase())

/** The grid as it is approved: a small letter for some of the rows that were looked at, a capital for all of them. */
export async function describeGrid(query: Query, stage: Stage): Promise<string> {
  const tables = await tablesOf(query)
  const grid = await databaseGrid(query, stage, tables, true)
  const actors = everyActor(stage)
  const heads = actors.map(({ head }) => head.padEnd(5)).join('')
  const lines: string[] = []
  for (const table of tables) {
    const reachOf = (verb: string, index: number) => grid.get(`${table} ${verb}`)?.[index] ?? { all: 0, reached: 0 }
    const cells = actors.map((_, index) => {
      const seen = verbs.map((verb) => letterOf(verb, reachOf(verb, index))).join('')
      return reachOf('c', index).reached === 0 && reachOf('b', index).reached > 0 ? seen.replace(/.(?=.$)/, 'b') : seen
    })
    lines.push(`${table.padEnd(24)} ${(await privilegesOf(query, table)).padEnd(14)} ${cells.map((cell) => cell.padEnd(5)).join('')}`.trimEnd())
  }
  const called = [...grid].filter(([what]) => what.includes('('))
  return [
    `${'# What the database allows'.padEnd(40)}${heads}`.trimEnd(),
    ...lines,
    '',
    `${'# What functions of the owner give'.padEnd(40)}${heads}`.trimEnd(),
    ...called.map(([what, cells]) => `${what.padEnd(39)} ${cells.map(({ reached }) => String(reached === 0 ? '-' : reached).padEnd(5)).join('')}`.trimEnd()),
    '',
    '# What functions the application may call',
    ...(await callable(query)),
  ].join('\n')
}
