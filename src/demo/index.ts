import type { Demo } from '../serve.ts'
import { buildDemo } from './build.ts'
import { finishFolder, takeFolder } from './folder.ts'
import { demoPages } from './pages.tsx'

export { readDemoConfig } from './config.ts'

/** What `npm run demo` hands to the server. */
export const demo: Demo = {
  takeFolder,
  build: async (deps, { data }, say) => {
    await buildDemo(deps, data, say)
    finishFolder(data)
  },
  pages: demoPages,
}
