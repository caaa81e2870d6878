// Makes `npx puente` work in the checkout: npm links the commands of dependencies, not the project's own.
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, 'node_modules', '.bin')

if (existsSync(join(root, 'node_modules'))) {
  mkdirSync(bin, { recursive: true })
  rmSync(join(bin, 'puente'), { force: true })
  if (process.platform === 'win32') writeFileSync(join(bin, 'puente.cmd'), '@node "%~dp0..\\..\\bin\\puente.mjs" %*\r\n')
  else symlinkSync('../../bin/puente.mjs', join(bin, 'puente'))
}
