import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import type { Config } from '../../src/platform/config.ts'
import type { JobKind } from '../../src/platform/jobs/job.ts'
import { startJobs, type JobRunner, type Pace } from '../../src/platform/jobs/runner.ts'
import type { World } from './world.ts'

/** Does the jobs of a world in this process, without the pauses of a server at work. */
export function doJobs(world: Pick<World, 'config' | 'database' | 'secrets'>, kinds: readonly JobKind[], pace: Partial<Pace> = {}): Promise<JobRunner> {
  const { config, database, secrets } = world
  return startJobs({ config, database, secrets, logger: pino({ level: 'silent' }) }, kinds, { pause: () => 0.02, ...pace })
}

/** The same world with a mail server, or without one. */
export const withSmtp = (config: Config, url: string | undefined): Config => ({
  ...config,
  smtp: url === undefined ? undefined : { url, from: { name: 'Puente', address: 'puente@example.org' } },
})

/** Waits until something is so. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; !(await isSo()); attempt++) {
    if (attempt === 3000) throw new Error(`it never came about: ${what}`)
    await wait(10)
  }
}
