import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import type { StepKind } from '../schema/terms.ts'

export type LineContent = { original: Language; item: LanguageText; amount: number; unit: string; concepts: readonly string[] }

/** Writes a line: a new one with version 0. @returns `false` when it is not as it was when it was read */
export async function writeLine(
  db: WriteScope,
  call: string,
  id: string,
  version: number,
  { original, item, amount, unit, concepts }: LineContent,
): Promise<boolean> {
  const { rows } =
    version === 0
      ? await sql`insert into calls.line (id, call_id, original, item, amount, unit, concepts)
          values (${id}, ${call}, ${original}, ${JSON.stringify(item)}::jsonb, ${amount}, ${unit}, ${[...concepts]}) on conflict do nothing returning id`.execute(
          db,
        )
      : await sql`update calls.line set original = ${original}, item = ${JSON.stringify(item)}::jsonb, amount = ${amount}, unit = ${unit}, concepts = ${[...concepts]}, version = version + 1
          where id = ${id} and call_id = ${call} and version = ${version} and ended_at is null returning id`.execute(db)
  return rows.length > 0
}

/** Takes a line off a call. @returns `false` when it was off before */
export async function endLine(db: WriteScope, call: string, id: string): Promise<boolean> {
  const { rows } =
    await sql`update calls.line set ended_at = now(), version = version + 1 where id = ${id} and call_id = ${call} and ended_at is null returning id`.execute(
      db,
    )
  return rows.length > 0
}

export type StepOf = { id: string; what: StepKind; original: Language | null; text: LanguageText | null; deadline: string | null; madeAt: Date }

/** What happened in a call, the newest first; the last hundred. */
export async function listSteps(db: Scope, call: string): Promise<StepOf[]> {
  const { rows } = await sql<StepOf>`select id, what, original, text, deadline::text as deadline, made_at as "madeAt" from calls.step where call_id = ${call}
    order by made_at desc, id desc limit 100`.execute(db)
  return rows
}

/** Adds to what happened. @returns `false` when it is there */
export async function insertStep(
  db: WriteScope,
  call: string,
  step: { id: string; what: StepKind; original?: Language; text?: LanguageText; deadline?: string | undefined },
): Promise<boolean> {
  const text = step.text === undefined ? null : JSON.stringify(step.text)
  const { rows } = await sql`insert into calls.step (id, call_id, what, original, text, deadline)
    values (${step.id}, ${call}, ${step.what}, ${step.original ?? null}, ${text}::jsonb, ${step.deadline ?? null}::date) on conflict do nothing returning id`.execute(
    db,
  )
  return rows.length > 0
}
