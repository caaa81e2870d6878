import { readdirSync, readFileSync } from 'node:fs'

/**
 * The processor time that a server has taken so far, in milliseconds; with PostgreSQL, that of its sessions in the database too, as Linux tells it.
 * Says what an answer costs even while others work on the same machine, which times on the clock do not.
 *
 * @param database the name of its database, if it is on PostgreSQL
 * @returns `undefined` where it cannot be told
 */
export async function cpuOf(url: string, database: string | undefined): Promise<number | undefined> {
  const response = await fetch(`${url}/metrics`)
  const seconds = Number(/^process_cpu_seconds_total (\S+)$/m.exec(await response.text())?.[1] ?? Number.NaN)
  if (database === undefined) return seconds * 1000
  return process.platform === 'linux' ? seconds * 1000 + sessionsOf(database) : undefined
}

/** The processor time that the sessions in a database of PostgreSQL have taken so far, in milliseconds; none where it cannot be told. */
export function sessionsOf(database: string): number {
  if (process.platform !== 'linux') return Number.NaN
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return processes.reduce(
    (sum, id) => sum + (read(`/proc/${id}/cmdline`).includes(` ${database} `) ? Number(read(`/proc/${id}/schedstat`).split(' ')[0]) / 1e6 : 0),
    0,
  )
}

/** Empty if the process has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
