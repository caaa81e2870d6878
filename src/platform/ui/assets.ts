import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.ts'

/** A file that pages load, under an address that changes with its content. */
export type Asset = { path: string; body: string; type: string }
export type Assets = { style: Asset; icon: Asset }

/** The style sheet and the icon as `scripts/build.mjs` left them in `dist/assets`. */
export function loadAssets(directory = join(root, 'dist', 'assets')): Assets {
  const names = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as Record<'style' | 'icon', string>
  const asset = (name: string, type: string): Asset => ({ path: `/assets/${name}`, body: readFileSync(join(directory, name), 'utf8'), type })
  return { style: asset(names.style, 'text/css; charset=utf-8'), icon: asset(names.icon, 'image/svg+xml') }
}
