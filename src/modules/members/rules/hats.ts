import { offices, roles, type Office, type Role } from '../schema/kinds.ts'

/** Under which names somebody acts: their roles in organizations that are admitted, the organizations they belong to, their offices in networks. */
export type Hats = { organizations: ReadonlySet<string>; roles: ReadonlyMap<string, ReadonlySet<Role>>; offices: ReadonlyMap<string, ReadonlySet<Office>> }

export const noHats: Hats = { organizations: new Set(), roles: new Map(), offices: new Map() }

/** Reads the names under which the database lets an actor in, `app.principals()`, so that what is drawn and what is allowed cannot differ. */
export function hatsOf(principals: readonly string[]): Hats {
  const organizations = new Set<string>()
  const heldRoles = new Map<string, Set<Role>>()
  const heldOffices = new Map<string, Set<Office>>()
  for (const name of principals) {
    const [kind = '', id = '', word = ''] = name.split(':')
    if (kind === 'organization') organizations.add(id)
    if (kind !== 'role') continue
    const role = roles.find((each) => each === word)
    const office = offices.find((each) => each === word)
    if (role) heldRoles.set(id, (heldRoles.get(id) ?? new Set()).add(role))
    if (office) heldOffices.set(id, (heldOffices.get(id) ?? new Set()).add(office))
  }
  return { organizations, roles: heldRoles, offices: heldOffices }
}
