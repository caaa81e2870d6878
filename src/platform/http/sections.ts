import type { Child } from 'hono/jsx'
import type { MiddlewareHandler } from 'hono'
import type { Scope } from '../db/database.ts'
import type { Ctx, Env } from './context.ts'

/** A part of another module's page, handed in by a module that stands below it and so cannot be called by it. */
export type Section = {
  /** The kind of thing on whose page it stands. */
  of: string
  /** Reads what it shows of one thing, in the transaction of the page and so as far as its reader may. @returns nothing where there is nothing to show */
  read: (c: Ctx, db: Scope, id: string) => Promise<Child | undefined>
}

/** Hands the sections of all modules to whoever draws a page. */
export function pageSections(sections: readonly Section[]): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set('sections', sections)
    await next()
  }
}

/** The sections on the page of one thing, in the order of the modules. */
export async function sectionsOf(c: Ctx, db: Scope, of: string, id: string): Promise<Child[]> {
  const drawn: Child[] = []
  for (const section of c.var.sections ?? []) {
    const child = section.of === of ? await section.read(c, db, id) : undefined
    if (child !== undefined) drawn.push(child)
  }
  return drawn
}
