import { spawnSync } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { extract } from 'tar-fs'
import { root } from '../../src/platform/root.ts'

export type Chromium = { path: string; env: Record<string, string> }

/** Unpacks the browser that comes from npm, once a version, and the libraries it needs where the system lacks them. */
export async function unpackChromium(): Promise<Chromium> {
  const require = createRequire(import.meta.url)
  const packed = join(dirname(require.resolve('@sparticuz/chromium')), '..', 'bin')
  const { version } = JSON.parse(readFileSync(join(packed, '..', 'package.json'), 'utf8')) as { version: string }
  const cache = join(root, 'node_modules', '.cache', 'puente', `chromium-${version}`)
  const path = join(cache, 'chromium')
  if (!existsSync(path)) await unpack(packed, cache)
  const env: Record<string, string> = lacksLibraries(path) ? { LD_LIBRARY_PATH: join(cache, 'libraries', 'lib') } : {}
  if (lacksLibraries(path, env)) throw new Error(`the browser misses libraries that neither the system nor the package has: ${missing(path, env).join(', ')}`)
  return { path, env: { ...(process.env as Record<string, string>), ...env } }
}

async function unpack(packed: string, cache: string) {
  const made = `${cache}.${process.pid}`
  mkdirSync(made, { recursive: true })
  await pipeline(createReadStream(join(packed, 'chromium.br')), createBrotliDecompress(), createWriteStream(join(made, 'chromium'), { mode: 0o755 }))
  await pipeline(createReadStream(join(packed, 'al2023.tar.br')), createBrotliDecompress(), extract(join(made, 'libraries')))
  rmSync(cache, { recursive: true, force: true })
  renameSync(made, cache)
}

const lacksLibraries = (path: string, env: Record<string, string> = {}) => missing(path, env).length > 0

function missing(path: string, env: Record<string, string>): string[] {
  const listed = spawnSync('ldd', [path], { encoding: 'utf8', env: { ...process.env, ...env } })
  return [...(listed.stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name ?? '')
}
