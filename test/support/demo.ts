import { buildDemo } from '../../src/demo/build.ts'
import { castOf, type Player } from '../../src/demo/cast.ts'
import { demoPages } from '../../src/demo/pages.tsx'
import { readDemoSeeds } from '../../src/demo/seeds.ts'
import { browserOf, settings, statusAndPlace, type Browser } from './persons.ts'
import { onBothEngines, type Prepare, type World } from './world.ts'

export const demoSeeds = readDemoSeeds()
/** Everybody of the demonstration, with the page that they are led to. */
export const players: readonly Player[] = castOf(demoSeeds).flatMap((group) => group.players)

/** Builds the demonstration in a world, and gives it the pages on which one chooses who one is. */
export const withDemo: Prepare = async ({ config, database, secrets }) => {
  await buildDemo({ database, secrets, base: 'http://localhost' }, config.data, () => {})
  return { demo: demoPages() }
}

/** Tells the same story on both engines, each time in the demonstration, built anew for it. */
export const onTheDemo = (story: string, tell: (world: () => World) => void) => onBothEngines(story, tell, settings, withDemo)

/** A browser that is signed in as somebody of the demonstration. */
export async function as(world: () => World, key: string, language = 'en'): Promise<Browser> {
  const browser = browserOf(world)
  const [status] = statusAndPlace(await browser.post(`/${language}/demo`, { person: key }))
  if (status !== 303) throw new Error(`${key} cannot be chosen: ${status}`)
  return browser
}
