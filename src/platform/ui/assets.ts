import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Language } from '../i18n/languages.ts'
import { root } from '../root.ts'

/** A file that pages load, under an address that changes with its content. */
export type Asset = { path: string; body: Buffer<ArrayBuffer>; type: string }
export type Assets = Record<'style' | 'icon' | 'script' | 'passkey' | 'autosave' | 'suggest' | `card-${Language}`, Asset>

const typeOf: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
}

/** The style sheet, the scripts and the pictures as `scripts/build.mjs` left them in `dist/assets`. */
export function loadAssets(directory = join(root, 'dist', 'assets')): Assets {
  const names = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as Record<keyof Assets, string>
  const assets = Object.entries(names).map(([asset, file]) => {
    const type = typeOf[extname(file).slice(1)] ?? 'application/octet-stream'
    return [asset, { path: `/assets/${file}`, body: readFileSync(join(directory, file)), type }]
  })
  return Object.fromEntries(assets) as Assets
}
