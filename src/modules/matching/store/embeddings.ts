import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { Calibration, Embedding } from '../rules/embedding.ts'

/** The model that holds. */
export type Model = Calibration & { id: string; name: string; dimensions: number }

/** Which model holds; everybody may know. */
export async function readModel(db: Scope): Promise<Model | undefined> {
  const { rows } = await sql<Model>`select id, name, dimensions, floor, ceiling from matching.embedding_model where ended_at is null`.execute(db)
  return rows[0]
}

/** Has a model take the place of the one that holds, unless that is called the same and has as many dimensions. */
export async function beginModel(db: WriteScope, { id, name, dimensions, floor, ceiling }: Model): Promise<void> {
  await sql`select matching.begin_embedding_model(${id}, ${name}, ${dimensions}, ${floor}, ${ceiling})`.execute(db)
}

/** Ends the model that holds, with all embeddings. @returns whether there was one */
export async function endModel(db: WriteScope): Promise<boolean> {
  const { rows } = await sql<{ was: boolean }>`select matching.end_embedding_model() as was`.execute(db)
  return rows[0]?.was === true
}

/** A published listing that the model has not read: its public texts in its own language. `wording`: by which it is told whether they are still these. */
export type Unread = { id: string; wording: string; title: string | null; body: string | null; sought: string | null }

/** The newest listings that the model which holds has not read. */
export async function readUnread(db: Scope, most: number): Promise<Unread[]> {
  const { rows } = await sql<Unread>`select * from matching.without_embedding(${most})`.execute(db)
  return rows
}

/** Keeps what a model makes of a listing; no vector: it does not take it. @returns `false` when the listing says something else by now, or another model holds */
export async function keepEmbedding(db: WriteScope, { id, wording }: Unread, model: string, vector: Int8Array | null): Promise<boolean> {
  const { rows } = await sql<{
    kept: boolean
  }>`select matching.keep_embedding(${id}, ${model}, ${wording}, ${vector && Buffer.from(vector.buffer)}) as kept`.execute(db)
  return rows[0]?.kept === true
}

/** An embedding as rows carry it: `vector` in base64. */
export type KeptEmbedding = Calibration & { model: string; vector: string }

export function embeddingOf({ model, floor, ceiling, vector }: KeptEmbedding): Embedding {
  return { model, floor, ceiling, vector: new Int8Array(Buffer.from(vector, 'base64')) }
}

/** What the model that holds makes of listings, by their ids. */
export async function readEmbeddings(db: Scope, listings: readonly string[]): Promise<Map<string, Embedding>> {
  const { rows } = await sql<KeptEmbedding & { listing_id: string }>`select * from matching.embeddings(${[...listings]}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.listing_id, embeddingOf(row)]))
}

/** How far the model that holds has come. `refused`: texts that the service did not take. */
export type Progress = { embedded: number; refused: number; listings: number }

export async function readProgress(db: Scope): Promise<Progress> {
  const { rows } = await sql<Progress>`select * from matching.embedding_progress()`.execute(db)
  return rows[0] ?? { embedded: 0, refused: 0, listings: 0 }
}
