import { schemas } from './database-grid.ts'
import { sql } from 'kysely'
import { principal } from '../../src/platform/access/actor.ts'
import { bodyPlace } from '../../src/platform/mail/store.ts'
import type { Asker } from './actors.ts'
import { codes, forms, open, secret } from './canary-columns.ts'
import { hiddenEntry } from './hidden.ts'
import { documentWord, type Targets } from './stage.ts'
import type { World } from './world.ts'

export type Column = { table: string; column: string; type: string; name: string }
export const markers = /zq(\d+)r(\d+)z/g
/** A marker that stands nowhere. */
export const noMarker = 'zq999998r1z'

const listed = (lists: Record<string, string>) =>
  new Set(Object.entries(lists).flatMap(([table, columns]) => columns.split(' ').map((column) => `${table}.${column}`)))
const [coded, opened, kept] = [listed(codes), listed(open), listed(secret)]

/** Every column that could hold words, by the database. */
export async function columnsOf(world: World): Promise<Column[]> {
  const rows = await world.rows(
    sql<{ table: string; column: string; type: string }>`select a.attrelid::regclass::text as table, a.attname as column, format_type(a.atttypid, null) as type
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname = any (${schemas}) and a.attnum > 0 and not a.attisdropped
        and format_type(a.atttypid, null) = any ('{text,jsonb,json,text[],jsonb[],character varying,name}') order by 1, a.attnum`,
  )
  return rows.map((row) => ({ ...row, name: `${row.table}.${row.column}` }))
}

/** What stands in no list, or in two; and what is listed and not there. */
export function misplaced(columns: readonly Column[]): string[] {
  const there = new Set(columns.map(({ name }) => name))
  return [
    ...columns
      .filter(({ name }) => [coded, opened, kept].filter((list) => list.has(name)).length !== 1)
      .map(({ name }) => `${name}: place it in test/support/canary-columns.ts, once`),
    ...[...coded, ...opened, ...kept].filter((name) => !there.has(name)).map((name) => `${name} is listed and not there`),
  ]
}

export type Marked = Column & { number: number; rows: number }

/** Writes a marker of its own into every row of every column that not everybody may read. */
export async function markAll(world: World): Promise<Marked[]> {
  const columns = (await columnsOf(world)).filter(({ name }) => !coded.has(name))
  const marked: Marked[] = []
  for (const [index, column] of columns.entries()) {
    const number = index + 1
    const { table, name } = column
    const hasSpace = await world.rows(sql`select from pg_attribute where attrelid = ${table}::regclass and attname = 'space_id'`)
    const where = opened.has(name)
      ? sql`where space_id <> all (array(select space_id from app.space_grant where grantee = 'public' and scope = 'read' and valid_to is null))`
      : sql``
    if (opened.has(name) && hasSpace.length === 0) throw new Error(`${name} has no space that says who reads it`)
    const rows = await mark(world, { ...column, number, rows: 0 }, where)
    if (rows > 0) marked.push({ ...column, number, rows })
  }
  await world.rows(
    sql`update app.search_row set terms = array_to_tsvector(tsvector_to_array(terms) || names || array(select '^' || n from unnest(names) n)) where object_id = ${hiddenEntry}`,
  )
  const mails = await world.rows(sql<{ id: string }>`select id from app.mail where body is not null order by id`)
  const body = { table: 'app.mail', column: 'id', type: 'body', name: 'app.mail (body)', number: columns.length + 1, rows: mails.length }
  for (const [index, { id }] of mails.entries()) {
    const sealed = await world.secrets.seal(`A link: zq${body.number}r${index + 1}z`, bodyPlace(id))
    await world.rows(sql`update app.mail set body = ${sealed} where id = ${id}`)
  }
  const [, file = '0'] = /zq(\d+)r/.exec(documentWord) ?? []
  return [...marked, body, { table: 'app.file', column: 'id', type: 'content', name: 'app.file (content)', number: Number(file), rows: 1 }]
}

async function mark(world: World, { table, column, type, name, number }: Marked, where: ReturnType<typeof sql>): Promise<number> {
  const marker = sql`'zq' || ${number}::int || 'r' || row_number() over (order by ctid) || 'z'`
  const [before = '', after = ''] = (forms[name] ?? '$').split(/\$(?=[^$]*$)/)
  const text = sql`${before} || m.marker || ${after}`
  const at = sql.id(column)
  const value =
    name in forms
      ? type === 'jsonb'
        ? sql`(${text})::jsonb`
        : text
      : type === 'text'
        ? text
        : type === 'text[]'
          ? sql`array[${text}]`
          : jsonValue(name, at, text)
  const write = (rest: ReturnType<typeof sql>) =>
    world.rows(sql`with m as (select ctid as at, ${marker} as marker from ${sql.raw(table)} ${where})
      update ${sql.raw(table)} t set ${at} = ${value} from m where t.ctid = m.at ${rest} returning 1`)
  const nulls = await write(sql``).catch((error: { code?: string }) => {
    // What may not be written where there is nothing yet is marked where there is.
    if (!error.code?.startsWith('23')) throw error
    return write(sql`and t.${at} is not null`)
  })
  return nulls.length
}

/** A text in the languages that it had; of others the marker alone. */
const jsonValue = (name: string, at: ReturnType<typeof sql.id>, text: ReturnType<typeof sql>) =>
  name === 'record.statement.value'
    ? sql`case when jsonb_typeof(t.${at}) = 'object' then jsonb_build_object('en', ${text}) else to_jsonb(${text}) end`
    : name === 'app.search_row.detail'
      ? sql`jsonb_build_object('en', ${text})`
      : sql`(select coalesce(jsonb_object_agg(k, case when k = 'original' then t.${at} ->> k else ${text} end), '{}') from jsonb_object_keys(coalesce(t.${at}, '{}')) k)`

const found = (text: string) => [...text.matchAll(markers)].map(([marker]) => marker)

/** A key says what it is called; its owner's list says it, for a member to its admins. */
const ownKeys = `select k.name as it from auth.api_key k where k.id = $1::uuid or k.account_id = $2::uuid
  or k.organization_id in (select r.organization_id from members.role r where r.person_id = $2::uuid and r.role = 'admin' and r.valid_from <= now() and (r.valid_to is null or r.valid_to > now()))`

/** The markers that the database lets each actor read, and those of their own account; whoever has the link of an invitation also reads for whom it is. */
export async function readable(world: World, marked: readonly Marked[], askers: readonly Asker[], { joinToken }: Targets): Promise<Map<string, Set<string>>> {
  const bodies = await world.rows(sql<{ id: string }>`select id from app.mail where body is not null order by id`)
  return world.dissect(async (query) => {
    const all = new Map<string, Set<string>>()
    const { rows: links } = await query('select email from auth.link where digest = sha256($1::bytea)', [Buffer.from(joinToken)])
    const invited = (links as { email: string }[]).flatMap(({ email }) => found(email))
    if (invited.length === 0) throw new Error('the link of the invitation is not marked')
    for (const { name, actor, id } of askers) {
      const may = new Set<string>(invited)
      await query(`savepoint reader; set local role puente_app; set local app.actor = '${principal(actor)}'`)
      for (const { table, column, type, number } of marked.filter((each) => !each.table.startsWith('auth.'))) {
        const { rows } = await query(`select ${column}::text as it from ${table}`)
        const its = (rows as { it: string | null }[]).map(({ it }) => it ?? '')
        if (type === 'body') for (const it of its) may.add(`zq${number}r${bodies.findIndex((body) => body.id === it) + 1}z`)
        else for (const it of its) found(it).forEach((marker) => may.add(marker))
      }
      const { rows: documents } = await query('select 1 from app.file f join members.claim c on c.document_id = f.id')
      if (documents.length > 0) may.add(documentWord)
      await query('rollback to savepoint reader')
      for (const { table, column } of marked.filter((each) => each.table.startsWith('auth.') && id !== undefined)) {
        const own = table === 'auth.account' ? 'id' : 'account_id'
        if (table === 'auth.attempt' || table === 'auth.api_key') continue
        const { rows } = await query(`select ${column}::text as it from ${table} where ${own} = $1`, [id])
        for (const { it } of rows as { it: string | null }[]) found(it ?? '').forEach((marker) => may.add(marker))
      }
      const keys = await query(ownKeys, [actor.kind === 'key' ? actor.id : null, id ?? null])
      for (const { it } of keys.rows as { it: string }[]) found(it).forEach((marker) => may.add(marker))
      all.set(name, may)
    }
    return all
  })
}
