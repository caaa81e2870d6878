// Bundles the program and its assets into dist/. Plain JavaScript, since it runs before anything is built.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
const languages = ['en', 'es', 'zh', 'vi']

/** Builds if a source is newer than the last build. @returns {Promise<boolean>} whether it built */
export async function buildIfStale() {
  const stamp = join(dist, 'built')
  if (existsSync(stamp) && newest(join(root, 'src')) <= statSync(stamp).mtimeMs && newest(join(root, 'package.json')) <= statSync(stamp).mtimeMs) return false
  await build()
  return true
}

/** Builds into a folder beside dist/ and then puts it in its place, so that a build cut short leaves nothing half. */
export async function build() {
  sweep()
  const made = `${dist}.${process.pid}`
  const began = new Date()
  mkdirSync(join(made, 'assets'), { recursive: true })
  try {
    await Promise.all([bundleProgram(made), bundleAssets(made)])
  } catch (error) {
    rmSync(made, { recursive: true, force: true })
    throw error
  }
  writeFileSync(join(made, 'built'), began.toISOString())
  putInPlace(made)
}

// A build that was killed leaves its folder behind.
function sweep() {
  for (const name of readdirSync(root)) {
    const pid = Number(/^dist\.(\d+)(\.|$)/.exec(name)?.[1])
    if (pid > 0 && pid !== process.pid && !isAlive(pid)) rmSync(join(root, name), { recursive: true, force: true })
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

// Two builds at once, as of a server that starts while the tests do: the last one stays, neither fails.
function putInPlace(made) {
  for (let attempt = 0; ; attempt++) {
    const old = `${made}.old.${attempt}`
    try {
      if (existsSync(dist)) renameSync(dist, old)
      renameSync(made, dist)
      return
    } catch (error) {
      if (attempt === 9) throw error
    } finally {
      rmSync(old, { recursive: true, force: true })
    }
  }
}

async function bundleProgram(made) {
  await esbuild.build({
    entryPoints: { main: join(root, 'src/main.ts'), 'embedded-worker': join(root, 'src/platform/db/embedded-worker.ts') },
    outdir: made,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    sourcemap: 'linked',
    logLevel: 'warning',
  })
}

async function bundleAssets(made) {
  const [style, script, passkey, autosave, suggest] = await Promise.all(
    ['style/index.css', 'script/keys.js', 'script/passkey.js', 'script/autosave.js', 'script/suggest.js'].map((file) => bundleAsset(`src/platform/ui/${file}`)),
  )
  const names = {
    style: keep(made, 'puente', 'css', style),
    icon: keep(made, 'icon', 'svg', readFileSync(join(root, 'src/platform/ui/icon.svg'))),
    script: keep(made, 'puente', 'js', script),
    passkey: keep(made, 'passkey', 'js', passkey),
    autosave: keep(made, 'autosave', 'js', autosave),
    suggest: keep(made, 'suggest', 'js', suggest),
    ...Object.fromEntries(
      languages.map((language) => [
        `card-${language}`,
        keep(made, `card-${language}`, 'png', readFileSync(join(root, `src/platform/ui/cards/${language}.png`))),
      ]),
    ),
  }
  writeFileSync(join(made, 'assets', 'manifest.json'), JSON.stringify(names))
}

/** What browsers load, in one file. */
async function bundleAsset(path) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, path)],
    bundle: true,
    minify: true,
    write: false,
    target: ['chrome123', 'firefox120', 'safari17.5'],
    logLevel: 'warning',
  })
  return outputFiles[0].contents
}

function keep(made, name, ending, bytes) {
  const file = `${name}.${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.${ending}`
  writeFileSync(join(made, 'assets', file), bytes)
  return file
}

/** When the newest file below a path was changed, in milliseconds. */
function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build()
